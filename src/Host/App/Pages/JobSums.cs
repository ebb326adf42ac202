using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>A job's sums, as its page asks for them.</summary>
public sealed class JobSums(IReadOnlyList<SumView> sums)
{
    public IEnumerable<SumView> Of(SumKind kind) => sums.Where(sum => sum.Kind == kind && sum.Count > 0);

    public long Of(SumKind kind, int key) => Of(kind).Where(sum => sum.Key == key).Sum(sum => sum.Count);

    public long Of(PageIssue issue) => Of(SumKind.Issue, (int)issue);

    /// <summary>Pages whose server failed: 5xx, but for 503, which is a refusal.</summary>
    public long ServerErrors => Of(SumKind.Status).Where(sum => sum.Key is >= 500 and < 600 and not 503).Sum(sum => sum.Count);

    /// <summary>By links away from the start, each depth with its classes; depths from <paramref name="most"/> on are one.</summary>
    public IReadOnlyList<(int Depth, IReadOnlyDictionary<StatusClass, long> Classes)> ByDepth(int most) =>
    [
        .. Of(SumKind.ClassByDepth).GroupBy(sum => Math.Min(sum.Key / 8, most)).OrderBy(depth => depth.Key)
            .Select(depth => (depth.Key, (IReadOnlyDictionary<StatusClass, long>)depth.GroupBy(sum => (StatusClass)(sum.Key % 8)).ToDictionary(one => one.Key, one => one.Sum(sum => sum.Count)))),
    ];
}
