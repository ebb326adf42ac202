using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Amble.App.Cli;

/// <summary>
/// Where the JSON summary goes. The file beside the target is made before the crawl begins, so that a place that cannot be written
/// costs no crawl, and takes the target's name at the end, so that nobody reads half a summary.
/// </summary>
public sealed class JsonTarget : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string? _path;
    private readonly string? _temporary;
    private readonly TextWriter _standardOutput;

    private JsonTarget(string? path, string? temporary, TextWriter standardOutput) => (_path, _temporary, _standardOutput) = (path, temporary, standardOutput);

    /// <param name="path"><c>-</c> is standard output.</param>
    public static bool TryOpen(string path, TextWriter standardOutput, [NotNullWhen(true)] out JsonTarget? target, [NotNullWhen(false)] out string? problem)
    {
        target = null;
        problem = null;
        if (path == "-")
        {
            target = new JsonTarget(null, null, standardOutput);
            return true;
        }
        try
        {
            if (Directory.Exists(path))
            {
                throw new IOException("it is a directory.");
            }
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent && !Directory.Exists(parent))
            {
                throw new IOException($"there is no directory '{parent}'.");
            }
            var temporary = Path.GetFullPath(path) + $".{Environment.ProcessId}.new";
            File.WriteAllBytes(temporary, []);
            target = new JsonTarget(Path.GetFullPath(path), temporary, standardOutput);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"--json: '{path}' cannot be written: {e.Message.ReplaceLineEndings(" ")} Allowed is a file in a directory that can be written, or - for standard output.";
            return false;
        }
    }

    /// <exception cref="IOException">The disk is full, or the directory has gone.</exception>
    public void Write(JsonObject summary)
    {
        var text = summary.ToJsonString(Readable) + "\n";
        if (_path is null || _temporary is null)
        {
            _standardOutput.Write(text);
            return;
        }
        try
        {
            File.WriteAllText(_temporary, text);
            File.Move(_temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--json: '{_path}' cannot be written: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
        }
    }

    public void Dispose()
    {
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }
}
