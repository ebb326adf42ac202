using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>What the access log has come to. Every answer is a committed state.</summary>
public interface IAccessReads
{
    /// <summary>Views of a page since it is counted.</summary>
    /// <param name="path">As its address has it, without a query.</param>
    Views ReadViews(string path);

    /// <summary>Views of a page by day, newest first.</summary>
    IReadOnlyList<DayViews> ReadDays(string path, int limit);

    /// <summary>Views of all pages on these days, newest first.</summary>
    IReadOnlyList<DayViews> ReadAllDays(DateOnly from);

    /// <summary>Days of which the lines are still there, newest first.</summary>
    IReadOnlyList<KeptHits> ReadKept();

    /// <summary>Where the log has holes, newest first.</summary>
    IReadOnlyList<ToldGap> ReadGaps(int limit);
}

/// <param name="People">By browsers.</param>
/// <param name="Bots">By everything else.</param>
public readonly record struct Views(long People, long Bots);

/// <param name="Day">In UTC.</param>
public sealed record DayViews(DateOnly Day, Views Views);

/// <param name="Day">In UTC.</param>
/// <param name="Hits">Lines.</param>
public sealed record KeptHits(DateOnly Day, long Hits);

/// <param name="Node">Whose hits are missing.</param>
public sealed record ToldGap(string Node, HitGap Gap);
