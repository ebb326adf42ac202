using Amble.Actors.Specs.Behaviours.Writing;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local;

public sealed class LocalWriterSpecs
{
    private readonly TestScheduler _scheduler = new();
    private readonly ScriptedStore _store = new();
    private readonly List<WriterProtocol.IReply> _replies = [];

    private LocalWriter Writer(int entries = 4096) => new(_scheduler, _store, WriterQueueSettings.Default with { Entries = entries });

    [Fact, Trait("Seeds", "S-1")]
    public void Replies_come_after_the_commit_each_to_whom_it_is_for()
    {
        var writer = Writer();
        var committed = -1;
        writer.Take(WriterCommands.Bulk(1), reply => { committed = _store.Turns.Count; _replies.Add(reply); });
        writer.Take(WriterCommands.Bulk(2), _replies.Add);
        Assert.Empty(_replies);
        _scheduler.Settle();
        Assert.Equal(1, committed);
        Assert.Equal([1, 2], _replies.Cast<WriterProtocol.UnitsClosed>().Select(r => r.Job.Value));
    }

    [Fact, Trait("Seeds", "S-1")]
    public void One_turn_at_a_time_and_what_comes_meanwhile_is_the_next_one()
    {
        var writer = Writer();
        _store.Instead = _ => { writer.Take(WriterCommands.Interactive(9), _ => { }); _store.Instead = _ => null; return null; };
        writer.Take(WriterCommands.Bulk(1), _replies.Add);
        _scheduler.Settle();
        Assert.Equal([1, 1], _store.Turns.Select(t => t.Count));
        Assert.True(writer.IsQuiet);
    }

    [Fact, Trait("Seeds", "S-2")]
    public void What_waits_is_committed_together_and_the_interactive_goes_first()
    {
        var writer = Writer();
        writer.Take(WriterCommands.Bulk(1), _ => { });
        writer.Take(WriterCommands.Bulk(2), _ => { });
        Assert.True(writer.Offer(WriterCommands.Interactive(3), _ => { }));
        _scheduler.Settle();
        var turn = Assert.Single(_store.Turns);
        Assert.Equal([WriterProtocol.Priority.Interactive, WriterProtocol.Priority.Bulk, WriterProtocol.Priority.Bulk], turn.Select(c => c.Priority));
    }

    [Fact, Trait("Seeds", "S-3")]
    public void A_store_that_does_not_take_a_turn_is_asked_again_with_the_same_commands()
    {
        var writer = Writer();
        _store.TurnsToFail = 3;
        writer.Take(WriterCommands.Bulk(1), _replies.Add);
        _scheduler.Settle();
        // It came while the first turn is under way; it must not go before it, nor with it.
        writer.Take(WriterCommands.Interactive(2), _replies.Add);
        Assert.True(writer.Health(0, 0) is { StoreTrouble: "The store is not there.", DiskFull: true, Waiting: 2 });
        _scheduler.Advance(0.099);
        Assert.Single(_store.Turns);
        _scheduler.Advance(0.601);
        Assert.Equal(5, _store.Turns.Count);
        Assert.All(_store.Turns.Take(4), turn => Assert.Equal([WriterCommands.Bulk(1).GetType()], turn.Select(c => c.GetType())));
        Assert.All(_store.Turns.Take(4), turn => Assert.Same(_store.Turns[0][0], turn[0]));
        Assert.Equal(2, _replies.Count);
        Assert.True(writer.Health(0, 0) is { StoreTrouble: null, Waiting: 0, Turns: 2 });
    }

    [Fact, Trait("Seeds", "S-3")]
    public void A_store_that_stays_away_is_asked_every_five_seconds()
    {
        var writer = Writer();
        _store.TurnsToFail = int.MaxValue;
        writer.Take(WriterCommands.Bulk(1), _replies.Add);
        _scheduler.Advance(10.05);
        var by10 = _store.Turns.Count;
        _scheduler.Advance(50);
        Assert.Equal(10, _store.Turns.Count - by10);
    }

    [Fact, Trait("Seeds", "S-5")]
    public void A_store_that_has_another_writer_is_not_asked_again()
    {
        var writer = Writer();
        _store.IsFenced = true;
        writer.Take(WriterCommands.Bulk(1), _replies.Add);
        _scheduler.Advance(60);
        Assert.Single(_store.Turns);
        Assert.Empty(_replies);
        Assert.True(writer.Health(0, 0) is { IsFenced: true, StoreTrouble: "There is another writer.", DiskFull: false });
        Assert.False(writer.Offer(WriterCommands.Interactive(), _replies.Add));
    }

    [Fact, Trait("Seeds", "S-3")]
    public void A_full_intake_refuses_outsiders_but_takes_entities()
    {
        var writer = Writer(entries: 8);
        _store.TurnsToFail = 1;
        for (var n = 1; n <= 8; n++) writer.Take(WriterCommands.Bulk(n), _replies.Add);
        Assert.False(writer.HasRoom);
        Assert.False(writer.Offer(WriterCommands.Interactive(), _ => throw new InvalidOperationException("It was not taken and must not be answered.")));
        writer.Take(WriterCommands.Bulk(9), _replies.Add);
        _scheduler.Advance(1);
        Assert.Equal(Enumerable.Range(1, 9).Select(n => (long)n), _replies.Cast<WriterProtocol.UnitsClosed>().Select(r => r.Job.Value));
        Assert.True(writer.HasRoom);
    }

    [Fact, Trait("Seeds", "S-3")]
    public void Room_is_told_when_a_turn_has_made_it()
    {
        var writer = Writer(entries: 8);
        var told = 0;
        writer.RoomMade = () => { Assert.True(writer.HasRoom); told++; };
        for (var n = 1; n <= 8; n++) writer.Take(WriterCommands.Bulk(n), _ => { });
        _scheduler.Settle();
        Assert.Equal(_store.Turns.Count, told);
    }

    [Fact]
    public void A_rejected_command_is_counted_and_the_others_are_answered()
    {
        var writer = Writer();
        _store.Instead = c => c is WriterProtocol.CloseUnits { Job.Value: 1 } ? new WriterProtocol.Rejected(c, "no") : null;
        writer.Take(WriterCommands.Bulk(1), _replies.Add);
        writer.Take(WriterCommands.Bulk(2), _replies.Add);
        _scheduler.Settle();
        Assert.IsType<WriterProtocol.Rejected>(_replies[0]);
        Assert.IsType<WriterProtocol.UnitsClosed>(_replies[1]);
        Assert.Equal(1, writer.Health(0, 0).Rejected);
    }

    [Fact, Trait("Seeds", "S-4")]
    public void Once_killed_nothing_is_committed_or_answered()
    {
        var writer = Writer();
        writer.Take(WriterCommands.Bulk(1), _replies.Add);
        writer.Kill();
        _scheduler.Settle();
        Assert.Empty(_store.Turns);
        Assert.False(writer.Offer(WriterCommands.Interactive(), _replies.Add));
        Assert.Empty(_replies);
    }

    [Fact, Trait("Seeds", "S-4")]
    public void Killed_while_the_store_is_away_it_does_not_ask_again()
    {
        var writer = Writer();
        _store.TurnsToFail = 1;
        writer.Take(WriterCommands.Bulk(1), _replies.Add);
        _scheduler.Settle();
        writer.Kill();
        _scheduler.Advance(60);
        Assert.Single(_store.Turns);
        Assert.Empty(_replies);
    }
}
