using Amble.App.Live;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Live.Sights;

namespace Amble.Host.Specs.Live;

public sealed class TellRuleSpecs
{
    private static readonly LiveView View = Sights.View(20, 10, 12, 15, 20);

    [Theory]
    [InlineData(20, "")]
    [InlineData(15, "visit 20, progress")]
    [InlineData(14, "visit 15, visit 20, progress")]
    [InlineData(10, "visit 12, visit 15, visit 20, progress")]
    [InlineData(7, "gap 8-10, visit 12, visit 15, visit 20, progress")]
    public void A_watcher_is_told_what_lies_beyond_its_place_and_of_what_the_view_does_not_reach(long told, string events) =>
        Assert.Equal(events, Words(TellRule.Tell(View, new Standing(1, told, 1)).Events));

    [Fact]
    public void Whoever_comes_new_is_told_the_sums_alone() => Assert.Equal("progress", Words(TellRule.Tell(View, Standing.Now(View)).Events));

    [Fact]
    public void Whoever_stands_where_nobody_knows_any_more_is_told_so_and_all_there_is() =>
        Assert.Equal("gap -, visit 12, visit 15, visit 20, progress", Words(TellRule.Tell(View, Standing.Lost).Events));

    [Fact]
    public void A_place_in_another_line_is_unknown_whatever_its_number() =>
        Assert.Equal("gap -, visit 12, visit 15, visit 20, progress", Words(TellRule.Tell(View with { Line = 2 }, new Standing(1, 20, 1)).Events));

    [Fact]
    public void Sums_that_changed_are_told_although_there_is_nothing_to_look_at() =>
        Assert.Equal("progress", Words(TellRule.Tell(View with { Change = 2 }, new Standing(1, 20, 1)).Events));

    [Fact]
    public void The_end_comes_last_and_after_everything_else()
    {
        var ended = View with { Sums = Sums(JobState.Completed), Change = 2 };

        Assert.Equal("visit 20, progress, end", Words(TellRule.Tell(ended, new Standing(1, 15, 1)).Events));
    }

    [Fact]
    public void What_was_told_once_is_not_told_again()
    {
        var (_, next) = TellRule.Tell(View, Standing.Lost);

        Assert.Empty(TellRule.Tell(View, next).Events);
        Assert.Equal("visit 21, progress", Words(TellRule.Tell(Sights.View(21, 10, 12, 15, 20, 21), next).Events));
    }
}
