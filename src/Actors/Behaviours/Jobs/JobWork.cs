using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Behaviours.Jobs;

/// <summary>Work that a job begins, and what comes back.</summary>
public static class JobWork
{
    public sealed record Write(WriterProtocol.ICommand Command) : IWork;

    /// <summary>Comes back as <see cref="OpenDomainsLoaded"/>.</summary>
    public sealed record LoadOpenDomains(JobId Job) : IWork;
    public sealed record OpenDomainsLoaded(IReadOnlyList<DomainName> Domains);

    /// <summary>Comes back as <see cref="UnitsLoaded"/>.</summary>
    public sealed record LoadOpenUnits(JobId Job, PageId? After, int Limit) : IWork;

    /// <summary>Comes back as <see cref="UnitsLoaded"/>.</summary>
    public sealed record LoadRetryUnits(JobId Job, PageId? After, int Limit) : IWork;
    public sealed record UnitsLoaded(IReadOnlyList<PageId> Pages);

    /// <summary>
    /// Makes the report and has it stored, one part at a time, and then the job's cards, within their budget; comes back as
    /// <see cref="ReportWritten"/>.
    /// </summary>
    public sealed record WriteReport(JobId Job) : IWork;

    /// <param name="StartProblem">Why the start URL was never answered, in one sentence; null when it was.</param>
    public sealed record ReportWritten(string? StartProblem);
}
