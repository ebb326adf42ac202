using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>What those who watch a job are told, read in pieces of a known size. Every answer is a committed state.</summary>
public interface ILiveReads
{
    /// <summary>The job's sums, and its visits that somebody should look at (refused, broken, unknown) beyond the lowest of the marks.</summary>
    /// <param name="marks">Where watchers stand; none reads the sums and the newest visit's mark alone.</param>
    /// <param name="mostRows">Visits of all jobs that are looked through at most, the newest ones.</param>
    /// <param name="mostVisits">Visits that are answered at most, the newest ones.</param>
    /// <returns>Null when there is no such job.</returns>
    LiveRead? ReadLive(JobId job, IReadOnlyList<VisitMark> marks, int mostRows, int mostVisits);
}

/// <summary>
/// A place in the order in which visits were committed: the last one that somebody knows of. A retry deletes visits, and the numbers of
/// the newest ones come again; so a mark also says which visit had the number. While that one is still there, all beyond it came later.
/// </summary>
/// <param name="Number">Of the visit; 0 before the first one.</param>
/// <param name="Stamp">When the visit's request began, in unix milliseconds.</param>
public readonly record struct VisitMark(long Number, long Stamp);

/// <param name="Job">As it was before the visits were read: of a job that has ended here, they are all there.</param>
/// <param name="Head">The newest visit of all jobs.</param>
/// <param name="From">The job's visits with numbers beyond this one and up to the head's are all in <paramref name="Visits"/>.</param>
/// <param name="Intact">For each mark that was given, whether its visit is still there.</param>
/// <param name="Visits">In the order of their commits.</param>
public sealed record LiveRead(JobView Job, VisitMark Head, long From, IReadOnlyList<bool> Intact, IReadOnlyList<LiveVisit> Visits);

/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>; null when it was never asked.</param>
/// <param name="Source">The page on which it was found first; null for the start.</param>
public sealed record LiveVisit(VisitMark Mark, PageId Page, PageUrl Url, StatusClass Class, int? Status, string? Error, PageUrl? Source);
