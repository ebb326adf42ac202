using Amble.App.Settings;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>A file of start URLs: one a line, empty lines and what begins with <c>#</c> left out. Every wrong line is told with its number.</summary>
public static class SeedsFile
{
    public static (IReadOnlyList<PageUrl> Starts, IReadOnlyList<string> Remarks, IReadOnlyList<Problem> Problems) Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ([], [], [new Problem("--seeds", path, "a file that can be read, one URL a line")]);
        }
        var read = Parse(lines, path);
        return read.Starts.Count + read.Problems.Count > 0 ? read : ([], [], [new Problem("--seeds", path, "a file with at least one URL")]);
    }

    public static (IReadOnlyList<PageUrl> Starts, IReadOnlyList<string> Remarks, IReadOnlyList<Problem> Problems) Parse(IReadOnlyList<string> lines, string name)
    {
        var starts = new List<PageUrl>();
        var remarks = new List<string>();
        var problems = new List<Problem>();
        for (var number = 1; number <= lines.Count; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }
            if (!StartUrl.TryRead(line, out var start, out var remark))
            {
                problems.Add(new Problem($"{name}, line {number}", line, StartUrl.Allowed));
                continue;
            }
            starts.Add(start);
            if (remark is not null)
            {
                remarks.Add($"{name}, line {number}: {remark}");
            }
        }
        return (starts, remarks, problems);
    }
}
