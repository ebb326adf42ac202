using Amble.App.Export;
using Amble.App.Http;

namespace Amble.App.Cli;

/// <summary>What a command tells the shell (DESIGN.md section 6).</summary>
public enum ExitCode
{
    Clean = 0,
    BrokenLinks = 1,
    /// <summary>Failed, blocked, parked, cancelled, or wrongly used.</summary>
    Trouble = 2,
    Interrupted = 130,
}

/// <summary>
/// A command's exit code from its jobs: trouble in one of them outweighs broken links, and these outweigh clean ones. A job that
/// ended well without one page that was read (robots.txt or the site refused, a redirect led to what was refused) is trouble too: nothing
/// is known to be clean.
/// </summary>
public static class ExitCodeRule
{
    public static ExitCode Of(IEnumerable<JobSummary> jobs) => jobs.Select(Of).DefaultIfEmpty(ExitCode.Clean).Max();

    /// <summary>Beside a baseline, only broken links that are new count as such.</summary>
    public static ExitCode Of(IEnumerable<JobSummary> jobs, BaselineComparison? compared) =>
        Of(jobs) is var code && code == ExitCode.BrokenLinks && compared is { New: 0 } ? ExitCode.Clean : code;

    public static ExitCode Of(JobSummary job) => job switch
    {
        { State: not "completed" } => ExitCode.Trouble,
        { Broken: > 0 } => ExitCode.BrokenLinks,
        { ReadNothing: true } => ExitCode.Trouble,
        _ => ExitCode.Clean,
    };
}
