using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Live;

/// <summary>
/// What is known of a job that is watched: its sums, and its newest visits to look at. One view follows the other, and all watchers of a
/// job share them.
/// </summary>
/// <param name="Line">Numbers of visits mean the same in all views of a line. Another line begins where they came again.</param>
/// <param name="From">All of the job's visits to look at with numbers beyond this one and up to the head's are in <paramref name="Visits"/>.</param>
/// <param name="Head">The newest visit of all jobs.</param>
/// <param name="Change">Counts how often the sums have changed.</param>
public sealed record LiveView(int Line, long From, VisitMark Head, IReadOnlyList<LiveVisit> Visits, JobSummary Sums, int Change)
{
    /// <summary>The view after a look. The first mark that was looked at with was this view's head.</summary>
    /// <param name="before">Null at the first look.</param>
    /// <param name="most">Visits that are kept, the newest ones.</param>
    public static LiveView After(LiveView? before, LiveRead read, JobSummary sums, int most)
    {
        if (before is null) return Kept(1, read.From, [.. read.Visits], read, sums, 1, most);
        var change = before.Sums == sums ? before.Change : before.Change + 1;
        if (!read.Intact[0]) return Kept(before.Line + 1, read.From, [.. read.Visits], read, sums, change, most);
        if (read.From > before.Head.Number) return Kept(before.Line, read.From, [.. read.Visits], read, sums, change, most);
        List<LiveVisit> visits = [.. before.Visits.Where(visit => visit.Mark.Number <= read.From), .. read.Visits];
        return Kept(before.Line, Math.Min(before.From, read.From), visits, read, sums, change, most);
    }

    private static LiveView Kept(int line, long from, List<LiveVisit> visits, LiveRead read, JobSummary sums, int change, int most)
    {
        var cut = visits.Count - most;
        if (cut > 0)
        {
            from = visits[cut - 1].Mark.Number;
            visits.RemoveRange(0, cut);
        }
        return new LiveView(line, from, read.Head, visits, sums, change);
    }
}
