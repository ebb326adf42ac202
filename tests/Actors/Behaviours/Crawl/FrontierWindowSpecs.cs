using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class FrontierWindowSpecs
{
    private const int Limit = 256;

    private static FrontierWindow Ended(FrontierWindow window, params Unit[] read) => window.ReadEnded(new WindowRead(read, [], null), Limit, _ => false);

    private static long[] Pages(FrontierWindow window) => [.. window.Ready.Select(u => u.Key.Page.Value)];

    [Fact]
    public void A_read_brings_what_is_due_behind_what_is_here_and_nothing_twice()
    {
        var window = Ended(Ended(FrontierWindow.Empty.Gained().ReadBegun(), Page(2), Page(3)).ReadBegun(), Page(1), Page(2), Page(3), Page(4));
        Assert.Equal([2, 3, 1, 4], Pages(window));
        Assert.False(window.Reading);
    }

    [Fact]
    public void What_is_in_hand_is_dropped_from_a_reads_answer()
    {
        var window = FrontierWindow.Empty.ReadBegun().ReadEnded(new WindowRead([Page(1), Page(2)], [], null), Limit, key => key.Page.Value == 1);
        Assert.Equal([2], Pages(window));
    }

    [Fact]
    public void What_was_acknowledged_after_the_read_began_is_dropped_because_the_read_may_be_older() =>
        Assert.Equal([2], Pages(Ended(FrontierWindow.Empty.ReadBegun().Acknowledged(Page(1).Key), Page(1), Page(2))));

    [Fact]
    public void What_was_acknowledged_before_the_read_began_is_open_again_if_the_store_says_so() =>
        Assert.Equal([1], Pages(Ended(FrontierWindow.Empty.Acknowledged(Page(1).Key).ReadBegun(), Page(1))));

    [Fact]
    public void An_acknowledgement_counts_for_one_read_only()
    {
        var once = Ended(FrontierWindow.Empty.ReadBegun().Acknowledged(Page(1).Key), Page(1));
        Assert.Empty(once.Ready);
        Assert.Equal([1], Pages(Ended(once.ReadBegun(), Page(1))));
    }

    [Fact]
    public void Work_gained_while_a_read_is_under_way_asks_for_another_read()
    {
        Assert.True(Ended(FrontierWindow.Empty.ReadBegun().Gained()).MoreInStore);
        Assert.False(Ended(FrontierWindow.Empty.Gained().ReadBegun()).MoreInStore);
    }

    [Fact]
    public void As_many_units_as_were_asked_for_mean_that_there_may_be_more()
    {
        var read = new WindowRead([Page(1), Page(2)], [], null);
        Assert.True(FrontierWindow.Empty.ReadBegun().ReadEnded(read, 2, _ => true).MoreInStore);
        Assert.False(FrontierWindow.Empty.ReadBegun().ReadEnded(read, 3, _ => true).MoreInStore);
    }

    [Fact]
    public void The_stores_next_due_time_replaces_an_older_one_unless_work_was_gained_since()
    {
        var early = FrontierWindow.Empty.DueLater(Begin.AddSeconds(1));
        var read = new WindowRead([], [], Begin.AddSeconds(9));
        Assert.Equal(Begin.AddSeconds(9), early.ReadBegun().ReadEnded(read, Limit, _ => false).NextDue);
        Assert.Equal(Begin.AddSeconds(1), early.ReadBegun().Gained().ReadEnded(read, Limit, _ => false).NextDue);
    }

    [Fact]
    public void A_unit_deferred_while_a_read_is_under_way_keeps_its_due_time()
    {
        var window = FrontierWindow.Empty.ReadBegun().Acknowledged(Page(1).Key).DueLater(Begin.AddSeconds(3));
        Assert.Equal(Begin.AddSeconds(3), Ended(window, Page(1)).NextDue);
    }

    [Fact]
    public void When_its_next_unit_is_due_the_store_has_more()
    {
        var waiting = FrontierWindow.Empty.DueLater(Begin.AddSeconds(3));
        Assert.False(waiting.At(Begin.AddSeconds(2)).MoreInStore);
        Assert.True(waiting.At(Begin.AddSeconds(3)) is { MoreInStore: true, NextDue: null });
    }

    [Fact]
    public void A_failed_read_is_begun_again_at_its_instant_and_not_before()
    {
        var failed = FrontierWindow.Empty.Gained().ReadBegun().ReadFailed(Begin.AddSeconds(1));
        Assert.True(failed is { Reading: false, MoreInStore: false });
        Assert.True(failed.At(Begin.AddSeconds(1)).MoreInStore);
    }

    [Fact]
    public void A_dropped_jobs_units_go_and_a_read_that_is_older_does_not_bring_them_back()
    {
        var window = Ended(FrontierWindow.Empty.ReadBegun(), Page(1, job: 1), Page(2, job: 2)).ReadBegun().WithoutJob(new JobId(1));
        Assert.Equal([2], Pages(window));
        var after = Ended(window, Page(3, job: 1), Page(4, job: 2));
        Assert.Equal([2, 4], Pages(after));
        Assert.True(after.MoreInStore, "a job that was opened again is found by the next read");
        Assert.Equal([2, 4, 3], Pages(Ended(after.ReadBegun(), Page(3, job: 1))));
    }

    [Fact]
    public void What_is_forgotten_is_still_in_the_store()
    {
        Assert.True(Ended(FrontierWindow.Empty.ReadBegun(), Page(1)).Forget() is { MoreInStore: true, Ready.Count: 0 });
        Assert.False(FrontierWindow.Empty.Forget().MoreInStore);
    }
}
