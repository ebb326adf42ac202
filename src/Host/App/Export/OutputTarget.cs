using System.Diagnostics.CodeAnalysis;

namespace Amble.App.Export;

/// <summary>
/// Where a file of results goes. The file beside the target is made before the work begins, so that a place that cannot be written
/// costs no crawl, and takes the target's name at the end, so that nobody reads half a file.
/// </summary>
public sealed class OutputTarget : IDisposable
{
    /// <summary>The path that stands for standard output.</summary>
    public const string StandardOutput = "-";

    private readonly string _option;
    private readonly string? _path;
    private readonly string? _temporary;
    private readonly TextWriter _standardOutput;

    private OutputTarget(string option, string? path, string? temporary, TextWriter standardOutput) =>
        (_option, _path, _temporary, _standardOutput) = (option, path, temporary, standardOutput);

    /// <param name="option">What named the path, for problems.</param>
    public static bool TryOpen(
        string option, string path, TextWriter standardOutput, [NotNullWhen(true)] out OutputTarget? target, [NotNullWhen(false)] out string? problem)
    {
        target = null;
        problem = null;
        if (path == StandardOutput)
        {
            target = new OutputTarget(option, null, null, standardOutput);
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
            target = new OutputTarget(option, Path.GetFullPath(path), temporary, standardOutput);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"{option}: '{path}' cannot be written: {e.Message.ReplaceLineEndings(" ")} Allowed is a file in a directory that can be written, or - for standard output.";
            return false;
        }
    }

    /// <exception cref="IOException">The disk is full, or the directory has gone.</exception>
    public async Task WriteAsync(Func<Stream, Task> write)
    {
        try
        {
            if (_path is null || _temporary is null)
            {
                await using var text = new TextStream(_standardOutput);
                await write(text);
                return;
            }
            await using (var file = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024, useAsync: true))
            {
                await write(file);
            }
            File.Move(_temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{_option}: '{_path ?? "standard output"}' cannot be written: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
        }
    }

    public void Dispose()
    {
        // Its directory may have gone meanwhile.
        if (_temporary is not null && File.Exists(_temporary))
        {
            File.Delete(_temporary);
        }
    }
}
