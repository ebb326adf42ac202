using Amble.Actors.Specs.Behaviours.Writing;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local;

/// <summary>How the bytes of a dropped period go: piece by piece, each right after a turn of the writer's.</summary>
[Trait("Seeds", "R-8+"), Trait("Seeds", "R-3")]
public sealed class RetentionDriverSpecs
{
    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(6);

    private readonly TestScheduler _scheduler = new();
    private readonly Stored _stored;
    private readonly LocalWriter _writer;
    private readonly RetentionDriver _driver;

    public RetentionDriverSpecs()
    {
        _stored = new Stored(_scheduler);
        _writer = new LocalWriter(_scheduler, _stored, WriterQueueSettings.Default);
        _driver = new RetentionDriver(_scheduler, _writer, new RetentionSurroundings(RetentionSettings.Default, _stored, _stored, _ => { }));
    }

    [Fact]
    public async Task Each_piece_goes_within_5_ms_of_the_end_of_a_turn_for_others()
    {
        Flush();
        var purged = _driver.PurgeAsync(CancellationToken.None);
        _scheduler.Advance(3);

        Assert.True(purged.IsCompleted);
        Assert.Equal(1, (await purged).Periods);
        Assert.Equal(5, _stored.Removals.Count);
        Assert.All(_stored.Removals, at => Assert.InRange((at - _stored.TurnEnds.Last(end => end <= at)).TotalMilliseconds, 0, 5));
        // The disk has had time for each of them before the next.
        Assert.All(_stored.Removals.Zip(_stored.Removals.Skip(1), (one, next) => next - one), gap => Assert.InRange(gap.TotalMilliseconds, 100, 200));
    }

    [Fact]
    public async Task Where_nobody_writes_they_go_all_the_same()
    {
        var purged = _driver.PurgeAsync(CancellationToken.None);
        _scheduler.Advance(3);
        Assert.True(purged.IsCompleted);
        Assert.Equal((1, 5), ((await purged).Periods, _stored.Removals.Count));
    }

    [Fact]
    public void A_purge_answers_when_what_nothing_names_has_gone_too()
    {
        _stored.Unnamed = 3;
        var purged = _driver.PurgeAsync(CancellationToken.None);
        _scheduler.Advance(3);
        Assert.True(purged.IsCompleted);
        Assert.Equal(0, _stored.Unnamed);
    }

    [Fact]
    public void Without_being_asked_it_looks_for_what_nothing_names_as_often_as_for_what_has_expired()
    {
        _stored.Period = null;
        _driver.Start();
        _scheduler.Advance(1);
        _stored.Unnamed = 3;
        _scheduler.Advance(RetentionSettings.Default.LookEvery.TotalSeconds);
        Assert.Equal(0, _stored.Unnamed);
    }

    private void Flush()
    {
        _writer.Take(WriterCommands.Bulk(1), _ => { });
        _scheduler.RunAt(_scheduler.Now.AddMilliseconds(50), Flush);
    }

    /// <summary>One expired period, whose bytes go in five steps.</summary>
    private sealed class Stored(TestScheduler scheduler) : IWriteStore, IRetentionStore, IDiskProbe
    {
        private const int Steps = 5;

        public List<DateTimeOffset> TurnEnds { get; } = [];

        public List<DateTimeOffset> Removals { get; } = [];

        public int Unnamed { get; set; }

        public StoredPeriod? Period { get; set; } =
            new("details", 0, TestScheduler.Begin.AddDays(-9), TestScheduler.Begin.AddDays(-8), 1_000, false, 1_000_000);

        public long Visits => 0;

        public long Details => 0;

        public bool IsSettling => false;

        public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
        {
            scheduler.Pass(_turn);
            var isForOthers = commands.Any(command => command.Priority != WriterProtocol.Priority.Maintenance);
            if (isForOthers) TurnEnds.Add(scheduler.Now);
            return [.. commands.Select(Answer)];
        }

        public RetentionRead ReadRetention(JobId from, DateTimeOffset createdBefore) => RetentionRead.Nothing with { Periods = Period is { } one ? [one] : [] };

        public bool TryRemove(string family, long number)
        {
            Removals.Add(scheduler.Now);
            return Removals.Count == Steps;
        }

        public bool TryRemoveUnnamed(DateTimeOffset endedBefore)
        {
            Assert.Equal(scheduler.Now.AddHours(-1), endedBefore);
            return Unnamed == 0 || --Unnamed == 0;
        }

        public bool HasOrders(JobId job) => false;

        public bool TryMakeAhead(DateTimeOffset now) => true;

        public double? UsedPercent() => null;

        private WriterProtocol.IReply Answer(WriterProtocol.ICommand command)
        {
            if (command is not RetentionProtocol.DropPeriod drop) return new WriterProtocol.UnitsClosed(new JobId(1), [], 0);
            Period = null;
            return new RetentionProtocol.PeriodDropped(drop.Family, drop.Number, PeriodLot.Dropped);
        }
    }
}
