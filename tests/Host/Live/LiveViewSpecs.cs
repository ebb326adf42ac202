using Amble.App.Live;
using Xunit;
using static Amble.Host.Specs.Live.Sights;

namespace Amble.Host.Specs.Live;

public sealed class LiveViewSpecs
{
    private const int Most = 4;

    private static readonly LiveView First = LiveView.After(null, Read(20, 10, [], 12, 20), Sums(), Most);

    [Fact]
    public void A_look_adds_what_came_since() =>
        Assert.Equal((1, 10L, 25L, "12 20 22"), Told(LiveView.After(First, Read(25, 20, [true], 22), Sums(), Most)));

    [Fact]
    public void A_look_that_went_further_back_than_the_view_takes_its_place() =>
        Assert.Equal((1, 5L, 20L, "7 12 20"), Told(LiveView.After(First, Read(20, 5, [true, true], 7, 12, 20), Sums(), Most)));

    [Fact]
    public void A_look_that_overlaps_the_view_tells_nothing_twice() =>
        Assert.Equal((1, 10L, 22L, "12 20 21"), Told(LiveView.After(First, Read(22, 15, [true, true], 20, 21), Sums(), Most)));

    [Fact]
    public void The_newest_are_kept_and_what_went_is_not_said_to_be_there() =>
        Assert.Equal((1, 12L, 25L, "20 21 22 23"), Told(LiveView.After(First, Read(25, 20, [true], 21, 22, 23), Sums(), Most)));

    [Fact]
    public void A_look_that_could_not_reach_back_to_the_view_begins_again_where_it_could() =>
        Assert.Equal((1, 90L, 100L, "95"), Told(LiveView.After(First, Read(100, 90, [true], 95), Sums(), Most)));

    [Fact]
    public void Where_numbers_came_again_another_line_begins() =>
        Assert.Equal((2, 15L, 18L, "16"), Told(LiveView.After(First, Read(18, 15, [false], 16), Sums(), Most)));

    [Fact]
    public void A_change_is_counted_when_the_sums_are_others()
    {
        Assert.Equal(First.Change, LiveView.After(First, Read(21, 20, [true]), Sums(), Most).Change);
        Assert.NotEqual(First.Change, LiveView.After(First, Read(21, 20, [true]), Sums(broken: 1), Most).Change);
    }

    private static (int, long, long, string) Told(LiveView view) => (view.Line, view.From, view.Head.Number, string.Join(' ', view.Visits.Select(visit => visit.Mark.Number)));
}
