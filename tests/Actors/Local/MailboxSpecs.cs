using Amble.Local;
using Xunit;

namespace Amble.Actors.Specs.Local;

public sealed class MailboxSpecs
{
    private readonly TestScheduler _scheduler = new();
    private readonly List<object> _taken = [];

    [Fact]
    public void Messages_are_taken_in_the_order_in_which_they_came()
    {
        var box = new Mailbox(_scheduler, _taken.Add);
        for (var n = 0; n < 100; n++) Assert.True(box.Post(n));
        Assert.Empty(_taken);
        _scheduler.Settle();
        Assert.Equal(Enumerable.Range(0, 100).Cast<object>(), _taken);
    }

    [Fact]
    public void One_message_is_taken_at_a_time_also_when_it_leads_to_another()
    {
        var depth = 0;
        Mailbox box = null!;
        box = new Mailbox(_scheduler, message =>
        {
            Assert.Equal(1, ++depth);
            if (message is < 5) box.Post((int)message + 1);
            _taken.Add(message);
            depth--;
        });
        box.Post(0);
        _scheduler.Settle();
        Assert.Equal([0, 1, 2, 3, 4, 5], _taken.Cast<int>());
    }

    [Fact]
    public void A_burst_does_not_keep_the_thread_from_others()
    {
        var (busy, other) = (new Mailbox(_scheduler, _taken.Add), new Mailbox(_scheduler, _taken.Add));
        for (var n = 0; n < 100; n++) busy.Post("busy");
        other.Post("other");
        _scheduler.Settle();
        Assert.Equal(101, _taken.Count);
        Assert.InRange(_taken.IndexOf("other"), 1, 50);
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void While_it_is_held_nothing_is_taken_and_nothing_is_lost()
    {
        Mailbox box = null!;
        box = new Mailbox(_scheduler, message =>
        {
            _taken.Add(message);
            if (message is "caution") box.Hold();
        });
        foreach (var message in new[] { "caution", "second", "third" }) box.Post(message);
        _scheduler.Settle();
        Assert.Equal(["caution"], _taken);
        box.Post("fourth");
        _scheduler.Settle();
        Assert.Equal(["caution"], _taken);
        box.Release();
        _scheduler.Settle();
        Assert.Equal(["caution", "second", "third", "fourth"], _taken);
    }

    [Fact]
    public void A_mailbox_that_was_released_with_nothing_waiting_takes_what_comes_next()
    {
        var box = new Mailbox(_scheduler, _taken.Add);
        box.Hold();
        box.Release();
        box.Post(1);
        _scheduler.Settle();
        Assert.Equal([1], _taken.Cast<int>());
    }

    [Fact]
    public void Only_an_empty_mailbox_can_be_closed_and_then_it_takes_nothing()
    {
        var box = new Mailbox(_scheduler, _taken.Add);
        box.Post(1);
        Assert.False(box.TryClose());
        _scheduler.Settle();
        Assert.True(box.TryClose());
        Assert.False(box.Post(2));
        _scheduler.Settle();
        Assert.Equal([1], _taken.Cast<int>());
    }

    [Fact]
    public void Closing_throws_away_what_waits()
    {
        var box = new Mailbox(_scheduler, _taken.Add);
        box.Post(1);
        box.Close();
        _scheduler.Settle();
        Assert.Empty(_taken);
    }
}
