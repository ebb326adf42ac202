using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Jobs;

/// <summary>
/// What a visit is counted by. Each visit counts once by its class and depth, and once by its status. One that was ok counts once more by
/// its response time, once by what a cache said, and once for each issue. It follows from the visit alone, so that a visit that goes
/// takes away exactly what it brought.
/// </summary>
public static class SumsRule
{
    /// <summary>Deeper pages count as this deep.</summary>
    public const int DeepestDepth = 50;

    private const int Classes = 8;

    public static IEnumerable<(SumKind Kind, int Key)> Of(SummedVisit visit)
    {
        yield return (SumKind.ClassByDepth, Math.Min(visit.Depth, DeepestDepth) * Classes + (int)visit.Class);
        yield return (SumKind.Status, visit.Status ?? 0);
        if (visit.Class != StatusClass.Ok) yield break;
        yield return (SumKind.ResponseTime, TimeBuckets.Of(visit.Milliseconds));
        yield return (SumKind.Cache, (int)visit.Cache);
        if (visit.Content is not { } content) yield break;
        foreach (var issue in IssueRule.Judge(content, visit.Milliseconds)) yield return (SumKind.Issue, (int)issue);
    }

    /// <summary>What a key of <see cref="SumKind.ClassByDepth"/> means.</summary>
    public static (int Depth, StatusClass Class) ClassByDepth(int key) => (key / Classes, (StatusClass)(key % Classes));
}
