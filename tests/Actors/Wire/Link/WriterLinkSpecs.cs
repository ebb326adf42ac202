using Amble.Behaviours.Writing;
using Amble.Messages;
using Amble.Wire.Link;
using Xunit;
using static Amble.Wire.Link.LinkProtocol;

namespace Amble.Actors.Specs.Wire.Link;

/// <summary>The link to the writer, case by case.</summary>
[Trait("Seeds", "S-1"), Trait("Seeds", "S-3")]
public sealed class WriterLinkSpecs
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly LinkSession Session = new("a:1", Id(1));
    private static readonly LinkSettings Settings = LinkSettings.Default with { Window = 4, WindowBytes = 100_000 };
    private static readonly WriterQueueSettings Room = WriterQueueSettings.Default with { Entries = 64 };
    private static readonly WriterProtocol.IReply Reply = new WriterProtocol.ReportSaved(new JobId(1));

    private readonly WriterLinkClient _client = new(Session, Settings, Room);
    private readonly WriterLinkServer _writer = new(Id(100), Settings);

    [Fact]
    public void A_node_says_hello_before_its_first_command_and_then_sends_in_order()
    {
        Assert.Equal([new Hello(Session, 1)], Take(1).Send);
        Assert.Empty(Take(2).Send);
        Assert.Equal([(1L, 0L), (2L, 1L)], Numbers(_client.Hear(new Resume(Session, Id(100), 0), Now)));
        Assert.Equal([(3L, 2L)], Numbers(Take(3)));
    }

    [Fact]
    public void An_answer_comes_back_with_its_tag_once_and_lets_the_next_go()
    {
        Known(6);
        var step = _client.Hear(new Answer(Session, Id(100), 1, Reply), Now);
        Assert.Equal([((object)1, Reply)], step.Answers);
        Assert.Equal([(5L, 4L)], Numbers(step));
        Assert.Empty(_client.Hear(new Answer(Session, Id(100), 1, Reply), Now).Answers);
    }

    [Fact]
    public void The_window_reaches_from_the_oldest_unanswered_so_that_the_writer_need_not_remember_more()
    {
        Known(9);
        foreach (var number in new long[] { 2, 3, 4 }) Assert.Empty(_client.Hear(new Answer(Session, Id(100), number, Reply), Now).Send);
        Assert.Equal([(5L, 0L), (6L, 5L), (7L, 6L), (8L, 7L)], Numbers(_client.Hear(new Answer(Session, Id(100), 1, Reply), Now)));
    }

    [Fact]
    public void What_is_larger_than_the_window_goes_alone()
    {
        Known(1);
        Assert.Empty(Take(2, bytes: 200_000).Send);
        Assert.Equal([(2L, 0L)], Numbers(_client.Hear(new Answer(Session, Id(100), 1, Reply), Now)));
        Assert.Empty(Take(3).Send);
        Assert.Equal([(3L, 0L)], Numbers(_client.Hear(new Answer(Session, Id(100), 2, Reply), Now)));
    }

    [Fact]
    public void Whoever_waits_too_long_asks_and_goes_on_where_the_writer_is()
    {
        Known(4);
        Assert.Equal(Now + Settings.AnswerWithin, _client.WakesAt);
        Assert.Empty(_client.Tick(Now + Settings.AnswerWithin - TimeSpan.FromTicks(1)).Send);
        Assert.Equal([new Hello(Session, 1)], _client.Tick(Now + Settings.AnswerWithin).Send);
        Assert.Equal([(3L, 2L), (4L, 3L)], Numbers(_client.Hear(new Resume(Session, Id(100), 2), Now)));
        Assert.Equal(2, _client.SentAgain);
        for (long number = 1; number <= 4; number++) _client.Hear(new Answer(Session, Id(100), number, Reply), Now);
        Assert.Null(_client.WakesAt);
    }

    [Fact]
    public void A_new_writer_gets_what_is_unanswered_in_order_and_no_gap_where_the_former_one_has_answered()
    {
        Known(4);
        _client.Hear(new Answer(Session, Id(100), 2, Reply), Now);
        Assert.Equal([new Hello(Session, 1)], _client.WriterMoved(Now).Send);
        var next = new WriterLinkServer(Id(101), Settings);
        var sent = _client.Hear(Assert.IsType<Resume>(Assert.Single(next.Hear(new Hello(Session, 1), Now).Send)), Now).Send;
        Assert.Equal([1, 3, 4], sent.Select(message => next.Hear(message, Now).Taken!.Number));
        // What the former one says late is true: it said it after its commit.
        Assert.Single(_client.Hear(new Answer(Session, Id(100), 3, Reply), Now).Answers);
    }

    [Fact]
    public void Many_commands_that_meet_a_writer_who_knows_nothing_lead_to_one_hello()
    {
        Known(4);
        Assert.Equal([new Hello(Session, 1)], _client.Hear(new Resume(Session, Id(101), null), Now).Send);
        Assert.Empty(_client.Hear(new Resume(Session, Id(101), null), Now).Send);
        Assert.Empty(_client.Hear(new Resume(new LinkSession("a:1", Id(9)), Id(101), 3), Now).Send);
    }

    [Fact]
    public void Without_room_permits_stop_and_only_what_must_come_is_taken()
    {
        Known(31);
        Assert.True(_client.HasRoom);
        Take(32);
        Assert.False(_client.HasRoom);
        for (var number = 33; number <= 56; number++) Take(number);
        Assert.False(_client.Offer(new WriterProtocol.DropReport(new JobId(1)), 0, Now, out _));
        Assert.True(_client.Offer(new WriterProtocol.EndRetry(new JobId(1), Now), 0, Now, out _));
        Assert.Equal((57, 1L), (_client.Count, _client.Refused));
        for (var number = 58; number <= 80; number++) Take(number);
        Assert.False(_client.Offer(new WriterProtocol.EndRetry(new JobId(1), Now), 0, Now, out _));
        Assert.Equal(80, _client.Count);
        Assert.Equal(4, _client.Sent);
    }

    [Fact]
    public void What_is_missing_is_told_once_and_then_taken_in_order()
    {
        Greeted();
        Assert.Equal(1, Carried(1, 0)!.Number);
        Assert.Equal([new Resume(Session, Id(100), 1)], _writer.Hear(Carry(3, 2), Now).Send);
        Assert.Empty(_writer.Hear(Carry(4, 3), Now).Send);
        Assert.Equal([2L, 3L], new[] { Carried(2, 1)!.Number, Carried(3, 2)!.Number });
        Assert.Equal([new Resume(Session, Id(100), 3)], _writer.Hear(Carry(5, 4), Now).Send);
    }

    [Fact]
    public void What_comes_again_is_not_taken_again_and_its_answer_is_given_again()
    {
        Greeted();
        Carried(1, 0);
        Assert.Equal(ServerNothing, Said(_writer.Hear(Carry(1, 0), Now)));
        var answer = _writer.Committed(Session, 1, Reply);
        Assert.Equal(new Answer(Session, Id(100), 1, Reply), answer);
        Assert.Null(_writer.Committed(Session, 1, Reply));
        Assert.Equal((null, 1, (IFromWriter?)answer), Said(_writer.Hear(Carry(1, 0), Now)));
        Assert.Equal([answer!, new Resume(Session, Id(100), 1)], _writer.Hear(new Hello(Session, 1), Now).Send);
        Assert.Equal([new Resume(Session, Id(100), 1)], _writer.Hear(new Hello(Session, 2), Now).Send);
        Assert.Equal(0, _writer.Remembered);
    }

    [Fact]
    public void A_node_has_at_most_its_window_at_the_writer()
    {
        Greeted();
        for (var number = 1; number <= 4; number++) Carried(number, number - 1);
        Assert.Null(Carried(5, 4));
        _writer.Committed(Session, 1, Reply);
        Assert.Null(Carried(5, 4));
        Assert.Equal(2, _writer.Refused);
        Assert.Equal(5, _writer.Hear(Carry(5, 4) with { Oldest = 2 }, Now).Taken?.Number);
        Assert.Equal((4, 0), (_writer.Waiting, _writer.Remembered));
    }

    [Fact]
    public void A_command_for_another_incarnation_or_of_an_unknown_life_is_not_taken()
    {
        Assert.Equal([new Resume(Session, Id(100), null)], _writer.Hear(Carry(1, 0), Now).Send);
        Greeted();
        Assert.Equal([new Resume(Session, Id(100), null)], _writer.Hear(Carry(1, 0) with { Writer = Id(99) }, Now).Send);
        Assert.Equal(0, _writer.Waiting);
    }

    [Fact]
    public void A_new_life_a_departure_and_a_long_silence_end_what_is_known_of_a_life()
    {
        Greeted();
        Carried(1, 0);
        _writer.Hear(new Hello(new LinkSession("a:1", Id(2)), 1), Now);
        Assert.Null(_writer.Committed(Session, 1, Reply));
        _writer.Hear(new Hello(new LinkSession("b:1", Id(3)), 1), Now.AddSeconds(1));
        _writer.Tick(Now + Settings.Silence);
        Assert.Equal(2, _writer.Nodes);
        _writer.Tick(Now + Settings.Silence + TimeSpan.FromTicks(1));
        Assert.Equal(1, _writer.Nodes);
        _writer.Gone("a:1");
        Assert.Equal(1, _writer.Nodes);
        _writer.Gone("b:1");
        Assert.Equal(0, _writer.Nodes);
    }

    [Fact]
    public void Who_was_forgotten_goes_on_from_its_oldest_and_nothing_older_is_taken()
    {
        Assert.Equal([new Resume(Session, Id(100), 6)], _writer.Hear(new Hello(Session, 7), Now).Send);
        Assert.Null(Carried(5, 0));
        Assert.Equal(7, Carried(7, 0)?.Number);
    }

    [Fact]
    public void Settings_that_cannot_be_are_all_told()
    {
        Assert.Empty(LinkSettings.Problems(LinkSettings.Default));
        Assert.Equal(4, LinkSettings.Problems(new LinkSettings(0, 0, TimeSpan.Zero, TimeSpan.FromSeconds(-1))).Count);
    }

    private static readonly (LinkTaken?, int, IFromWriter?) ServerNothing = (null, 0, null);

    private static (LinkTaken? Taken, int Count, IFromWriter? First) Said(ServerStep step) => (step.Taken, step.Send.Count, step.Send.FirstOrDefault());

    private static Carry Carry(long number, long after) => new(Session, Id(100), number, after, 1, new WriterProtocol.DropReport(new JobId(number)));

    private LinkTaken? Carried(long number, long after) => _writer.Hear(Carry(number, after), Now).Taken;

    private void Greeted() => Assert.Equal([new Resume(Session, Id(100), 0)], _writer.Hear(new Hello(Session, 1), Now).Send);

    /// <summary>The writer is known, and this many commands were handed in.</summary>
    private void Known(int count)
    {
        Take(1);
        _client.Hear(new Resume(Session, Id(100), 0), Now);
        for (var number = 2; number <= count; number++) Take(number);
    }

    private ClientStep Take(int number, int bytes = 0) => _client.Take(
        bytes == 0 ? new WriterProtocol.DropReport(new JobId(number)) : new WriterProtocol.CloseUnits(new JobId(number), new PageId[bytes / 8], null, Now), number, Now);

    private static List<(long Number, long After)> Numbers(ClientStep step) => [.. step.Send.Cast<Carry>().Select(carry => (carry.Number, carry.After))];

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
