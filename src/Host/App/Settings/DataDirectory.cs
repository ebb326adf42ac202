using System.Diagnostics.CodeAnalysis;

namespace Amble.App.Settings;

/// <summary>Where jobs and pages are kept.</summary>
public static class DataDirectory
{
    private const int DiskFullOnUnix = 28;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    /// <summary>The place when none is named: <c>$XDG_DATA_HOME/amble</c>, usually <c>~/.local/share/amble</c> (XDG Base Directory Specification).</summary>
    public static string Usual() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "amble");

    /// <summary>Makes the directory where there is none, for this user only, and tries that files can be made in it.</summary>
    public static bool TryPrepare(string directory, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            if (!Directory.Exists(directory))
            {
                Make(directory);
            }
            Try(Path.Combine(directory, $".amble-{Environment.ProcessId}"));
            _ = Directory.EnumerateFileSystemEntries(directory).Any();
            problem = null;
            return true;
        }
        catch (IOException e) when (e.HResult is DiskFullOnUnix or DiskFullOnWindows)
        {
            problem = $"The disk that holds the data directory '{directory}' is full; free some room and start again.";
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            problem = $"The data directory '{directory}' cannot be used: {OneLine(e.Message)} Allowed is a directory in which files can be read and made (--data DIR).";
            return false;
        }
    }

    // A full disk still makes empty files, so the probe is as large as what a start writes before the database is opened.
    private static void Try(string probe)
    {
        using var file = File.Create(probe, 1, FileOptions.DeleteOnClose);
        file.Write(new byte[8192]);
    }

    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}
