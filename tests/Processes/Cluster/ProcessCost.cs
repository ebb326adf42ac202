using System.Globalization;

namespace Amble.Processes.Specs.Cluster;

/// <summary>What a process has needed so far, as Linux counts it: time on a core does not depend on what else the machine does.</summary>
/// <param name="Cpu">User and system time together.</param>
/// <param name="Memory">Resident set, in bytes.</param>
public readonly record struct ProcessCost(TimeSpan Cpu, long Memory)
{
    // Linux counts a process's time in hundredths of a second.
    private const double TicksPerSecond = 100;

    public static ProcessCost Of(int process)
    {
        // The program's name, in brackets, may have blanks in it.
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        var pages = long.Parse(fields[21], CultureInfo.InvariantCulture);
        return new ProcessCost(TimeSpan.FromSeconds(ticks / TicksPerSecond), pages * Environment.SystemPageSize);
    }

    /// <summary>How busy the machine is: runnable threads over the last minute.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
