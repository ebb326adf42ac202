using System.Diagnostics;
using System.Globalization;

namespace Amble.Benchmarks;

/// <summary>What one process needed, read from /proc while it ran.</summary>
/// <param name="PeakMegabytes">The highest resident set (VmHWM).</param>
internal readonly record struct Needed(double PeakMegabytes, double CpuSeconds);

/// <summary>A .NET program run to its end and watched.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Watching = TimeSpan.FromMilliseconds(20);

    // Linux counts a process's time in hundredths of a second.
    private const double TicksPerSecond = 100;

    /// <summary>This program, to be started again in another role.</summary>
    public static string Self => typeof(ChildProcess).Assembly.Location;

    /// <summary>The product's program, as built beside this one.</summary>
    public static string Amble => Path.Combine(AppContext.BaseDirectory, "amble.dll");

    /// <returns>Its standard output, and what it needed.</returns>
    public static async Task<(string Output, Needed Needed)> RunAsync(string program, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var needed = default(Needed);
        while (!ended.IsCompleted)
        {
            needed = Of(process.Id) ?? needed;
            await Task.WhenAny(ended, Task.Delay(Watching));
        }
        if (process.ExitCode is not (0 or 1))
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}: {await error}");
        }
        return (await output, needed);
    }

    /// <summary>Null when the process is gone.</summary>
    public static Needed? Of(int process)
    {
        try
        {
            // After the name, which may hold anything, in brackets: the fields from the third on.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var cpu = (Whole(fields[11]) + Whole(fields[12])) / TicksPerSecond;
            return Kilobytes(process, "VmHWM:") is { } peak ? new Needed(peak / 1024, cpu) : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>One line of /proc/PID/status; null when it is not there.</summary>
    public static double? Kilobytes(int process, string name) =>
        File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? Whole(line[name.Length..].Replace("kB", "").Trim())
            : null;

    private static double Whole(string text) => double.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
