using System.CommandLine;
using Amble.App.Export;
using Amble.App.Settings;

namespace Amble.App.Cli;

/// <summary>The files that a crawl writes at its end, and the one that it is compared with.</summary>
/// <param name="Paths">Each format that was asked for, with its option and its path or <c>-</c>.</param>
public sealed record CrawlFiles(IReadOnlyList<(ExportFormat Format, string Option, string Path)> Paths, Baseline? Baseline)
{
    public static CrawlFiles None { get; } = new([], null);

    /// <summary>One of them is standard output, so people read on standard error.</summary>
    public bool UseStandardOutput => Paths.Any(file => file.Path == OutputTarget.StandardOutput);
}

/// <summary>The options by which a crawl is told what to write.</summary>
public sealed class CrawlFileOptions
{
    private readonly (ExportFormat Format, Option<string?> Option)[] _files =
    [
        (ExportFormat.Json, SharedOptions.Text("--json", "FILE", "write the summary as JSON; - is standard output")),
        (ExportFormat.Csv, SharedOptions.Text("--csv", "FILE", "write all pages as CSV; - is standard output")),
        (ExportFormat.Junit, SharedOptions.Text("--junit", "FILE", "write all pages as JUnit XML; - is standard output")),
        (ExportFormat.Sarif, SharedOptions.Text("--sarif", "FILE", "write broken links as SARIF 2.1.0; - is standard output")),
    ];

    private readonly Option<string?> _baseline = SharedOptions.Baseline();

    public Command AddTo(Command crawl)
    {
        foreach (var option in _files.Select(file => file.Option).Append(_baseline))
        {
            crawl.Options.Add(option);
        }
        return crawl;
    }

    public CrawlFiles Read(ParseResult line, List<string> problems)
    {
        var paths = _files.Select(file => (file.Format, file.Option.Name, Path: SharedOptions.Given(line, file.Option)))
            .Where(file => file.Path is not null).Select(file => (file.Format, file.Name, file.Path!)).ToList();
        foreach (var twice in paths.GroupBy(file => Place(file.Item3)).Where(group => group.Count() > 1))
        {
            problems.Add(new Problem(string.Join(" and ", twice.Select(file => file.Name)), twice.First().Item3, "a place of its own for each").ToString());
        }
        return new CrawlFiles(paths, SharedOptions.ReadBaseline(SharedOptions.Given(line, _baseline), problems));
    }

    private static string Place(string path)
    {
        try
        {
            return path is "" or OutputTarget.StandardOutput ? path : Path.GetFullPath(path);
        }
        catch (ArgumentException)
        {
            // That it cannot be written is told when it is opened.
            return path;
        }
    }
}
