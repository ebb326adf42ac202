using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Host.Specs.Fakes;

/// <summary>An access log in memory that takes every hit unless it is told that it is full, and has come to what the test says.</summary>
internal sealed class FakeLog : IAccessLog, IAccessReads
{
    private readonly Lock _gate = new();
    private readonly List<Hit> _hits = [];

    public bool IsFull { get; set; }
    public Dictionary<string, Views> Seen { get; } = [];
    public List<DayViews> Days { get; } = [];
    public List<ToldGap> Gaps { get; } = [];
    public IntakeView View { get; set; } = new(new IntakeCounts(10, 7, 2, 1, 0), 3, 400, TimeSpan.FromSeconds(1.5), 4, 3, 2, null, "The disk is full.", FakeInspection.Noon);
    public IReadOnlyList<HitsLeft> LeftByFormer { get; private set; } = [];
    public IReadOnlyList<HitsLeft> Leaves { get; set; } = [];
    public TimeSpan? Drained { get; private set; }

    public IReadOnlyList<Hit> Hits
    {
        get { lock (_gate) return [.. _hits]; }
    }

    public bool Offer(Hit hit)
    {
        lock (_gate) _hits.Add(hit);
        return !IsFull;
    }

    public void Start(IReadOnlyList<HitsLeft> leftByFormer) => LeftByFormer = leftByFormer;

    public Task<IReadOnlyList<HitsLeft>> DrainAsync(TimeSpan deadline)
    {
        Drained = deadline;
        return Task.FromResult(Leaves);
    }

    public Views ReadViews(string path) => Seen.GetValueOrDefault(path);

    public IReadOnlyList<DayViews> ReadDays(string path, int limit) => [.. Days.Take(limit)];

    public IReadOnlyList<DayViews> ReadAllDays(DateOnly from) => [.. Days.Where(day => day.Day >= from)];

    public IReadOnlyList<KeptHits> ReadKept() => [];

    public IReadOnlyList<ToldGap> ReadGaps(int limit) => [.. Gaps.Take(limit)];
}
