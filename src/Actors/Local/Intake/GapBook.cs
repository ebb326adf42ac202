using Amble.Messages;

namespace Amble.Local.Intake;

/// <summary>What was dropped and is not told yet: one gap a reason, which grows until it is taken.</summary>
internal sealed class GapBook
{
    private readonly Lock _gate = new();
    private readonly List<HitGap> _open = [];
    private volatile bool _any;

    public bool Any => _any;

    public void Add(GapReason reason, DateTimeOffset from, DateTimeOffset to, long count)
    {
        lock (_gate)
        {
            _any = true;
            var at = _open.FindIndex(gap => gap.Reason == reason);
            if (at < 0) _open.Add(new HitGap(from, to, reason, count));
            else _open[at] = Joined(_open[at], from, to, count);
        }
    }

    public IReadOnlyList<HitGap> Take()
    {
        if (!_any) return [];
        lock (_gate)
        {
            _any = false;
            HitGap[] all = [.. _open];
            _open.Clear();
            return all;
        }
    }

    private static HitGap Joined(HitGap gap, DateTimeOffset from, DateTimeOffset to, long count) =>
        gap with { From = from < gap.From ? from : gap.From, To = to > gap.To ? to : gap.To, Count = gap.Count + count };
}
