using Amble.Actors.Specs.Local;
using Amble.App.Sql;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Host.Specs.Sql;
using Amble.Local;
using Amble.Local.Intake;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.AccessLog;

/// <summary>From the door to the tables in virtual time, on a real store that fails in every way it can: nothing is lost uncounted, nothing is there twice.</summary>
public sealed class HitLogSpecs : IDisposable
{
    private readonly TestScheduler _clock = new();
    private readonly SqliteStore _store = SqliteStore.OpenInMemory(Guid.NewGuid().ToString("N"), StoreFixture.Unpack);
    private readonly FaultyStore _faulty;
    private int _lives;

    public HitLogSpecs() => _faulty = new FaultyStore(_store.Writes, _clock);

    public void Dispose()
    {
        Assert.Empty(_store.CheckConsistency());
        _store.Dispose();
    }

    [Theory, Trait("Seeds", "A-7+"), Trait("Seeds", "A-8+")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Whatever_befalls_the_store_what_was_offered_is_there_or_told_as_missing(int seed)
    {
        var dice = new Random(seed);
        _faulty.Next = () => dice.Next(10) < 5 ? Fault.None : (Fault)dice.Next(4);
        _faulty.Latency = _ => TimeSpan.FromSeconds(dice.Next(20) == 0 ? 30 : 0.004);
        _faulty.Poison = hit => hit.Bytes % 97 == 0;
        var log = Open(AccessLogSettings.Default with { Batch = 16, BatchMost = 64, Entries = 120 });
        var number = 0;
        for (var step = 0; step < 200; step++)
        {
            for (var i = dice.Next(60); i > 0; i--) log.Offer(Hit(++number));
            _clock.Advance(dice.NextDouble());
        }
        Assert.Empty(await DrainAsync(log, 10_000));

        var counts = log.View.Counts;
        Assert.Equal((number, 0, 0), (counts.Offered, counts.InFlight, counts.DroppedDeadline));
        Assert.True(counts.DroppedFull > 0 && counts.DroppedPoison > 0, $"{counts} shows too little.");
        Assert.Equal(counts.Written, _store.Reads.ReadKept().Sum(day => day.Hits));
        Assert.Equal(counts.Written, _store.Reads.ReadViews("/jobs/1").People);
        Assert.Equal((counts.DroppedFull, counts.DroppedPoison), (Missing(GapReason.Full), Missing(GapReason.Poison)));
    }

    [Fact, Trait("Seeds", "A-9+"), Trait("Seeds", "S-2")]
    public void After_a_stall_the_log_catches_up_in_short_turns()
    {
        var stall = TimeSpan.FromSeconds(10);
        // What SQLite needs here: a commit, and 3 µs a row.
        _faulty.Latency = rows => stall + TimeSpan.FromMilliseconds(2) + TimeSpan.FromMicroseconds(3 * rows);
        var log = Open(AccessLogSettings.Default);
        _clock.Advance(1);
        stall = TimeSpan.Zero;
        var before = _faulty.Turns.Count;
        for (var i = 1; i <= 40_000; i++) log.Offer(Hit(i));
        _clock.Advance(3);
        Assert.Equal(40_000, log.View.Counts.Written);
        var turns = _faulty.Turns.Skip(before).ToList();
        Assert.InRange(turns.Count, 1, 20);
        Assert.InRange(turns.Max(turn => turn.Took), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20));
    }

    [Fact, Trait("Seeds", "A-6")]
    public void A_process_that_is_killed_loses_a_batch_and_two_seconds_at_most_and_the_next_tells_between_which_instants()
    {
        var log = Open(AccessLogSettings.Default);
        for (var i = 1; i <= 1_000; i++)
        {
            log.Offer(Hit(i));
            _clock.Advance(0.01);
        }
        var (died, offered) = (_clock.Now, 1_000);
        var stored = _store.Reads.ReadKept().Sum(day => day.Hits);
        Assert.InRange(stored, offered - AccessLogSettings.Default.Batch - 200, offered);
        // Nothing of the first process is asked any more; the second has its place.
        Open(AccessLogSettings.Default);
        var gap = Assert.Single(_store.Reads.ReadGaps(10)).Gap;
        Assert.Equal((GapReason.Unknown, null), (gap.Reason, gap.Count));
        Assert.InRange(gap.From, died.AddSeconds(-3.3), died);
        Assert.InRange(gap.To, died, _clock.Now.AddMilliseconds(1));
    }

    [Fact, Trait("Seeds", "A-6"), Trait("Seeds", "A-7+")]
    public async Task What_a_dead_store_did_not_take_by_the_deadline_is_a_row_once_it_is_back()
    {
        _faulty.Next = () => Fault.DiskFull;
        var log = Open(AccessLogSettings.Default);
        for (var i = 1; i <= 300; i++) log.Offer(Hit(i));
        var left = await DrainAsync(log, 5);
        Assert.Equal(new IntakeCounts(300, 0, 0, 0, 300), log.View.Counts);
        _faulty.Next = () => Fault.None;
        var next = Open(AccessLogSettings.Default, left);
        Assert.Equal(300, Missing(GapReason.Deadline));
        next.Offer(Hit(301));
        Assert.Empty(await DrainAsync(next, 5));
        Assert.Equal(1, _store.Reads.ReadKept().Sum(day => day.Hits));
    }

    private IAccessLog Open(AccessLogSettings settings, IReadOnlyList<HitsLeft>? left = null)
    {
        var writer = new LocalWriter(_clock, _faulty, WriterQueueSettings.Default);
        var log = new HitLog(writer, new HitSource(new Guid(++_lives, 0, 0, new byte[8]), "here", _clock.Now), write =>
        {
            var intake = new LocalIntake<Hit>(_clock, settings, HitLog.Items, write, () => 0.5);
            return (intake, intake.Start);
        });
        log.Start(left ?? []);
        _clock.Settle();
        return log;
    }

    private async Task<IReadOnlyList<HitsLeft>> DrainAsync(IAccessLog log, double seconds)
    {
        var draining = log.DrainAsync(TimeSpan.FromSeconds(seconds));
        _clock.Advance(seconds);
        return await draining.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private long Missing(GapReason reason) => _store.Reads.ReadGaps(10_000).Where(told => told.Gap.Reason == reason).Sum(told => told.Gap.Count ?? 0);

    private Hit Hit(int number) =>
        new(_clock.Now, "GET", "/jobs/1", HitKind.Job, 200, number, TimeSpan.FromMilliseconds(3), false, "192.0.2.0/24", AgentClass.Browser);
}
