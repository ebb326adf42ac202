using Amble.Behaviours.Politeness;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Politeness.SentRequests;

namespace Amble.Actors.Specs.Behaviours.Politeness;

/// <summary>What the proof counts, each figure by itself.</summary>
[Trait("Seeds", "P-20+")]
public sealed class PolitenessRuleSpecs
{
    [Theory]
    [InlineData("0 200", null)]
    [InlineData("0 200, 2 200, 3.5 200, 5.5 200", 1.5)]
    [InlineData("0 200, 2 429, 2.25 0", 0.25)]
    [InlineData("0 200, 0 200", 0.0)]
    [InlineData("0 200, 86400 200", 86400.0)]
    public void The_least_gap_is_from_start_to_start(string requests, double? seconds) => Assert.Equal(seconds, Sum(requests).LeastGap?.TotalSeconds);

    [Theory]
    [InlineData("0 200 1000, 1 200 1000, 2 200 1000", 1)]
    [InlineData("0 200 1001, 1 200 1001, 2 200 1000", 2)]
    [InlineData("0 200 5000, 1 200 100, 2 200 100, 3 200 2500, 4.5 200 600", 3)]
    [InlineData("0 200 0, 0 200 0", 1)]
    public void In_flight_is_what_has_begun_and_is_not_answered(string requests, int most) => Assert.Equal(most, Sum(requests).MostInFlight);

    [Theory]
    [InlineData("0 200, 1 429, 2 503, 3 500, 4 0, 5 404, 6 403", 2, 2)]
    [InlineData("0 999, 1 401, 2 410, 3 304", 0, 0)]
    public void Refused_is_429_and_503_and_failed_what_was_not_answered_well(string requests, long refused, long failed) =>
        Assert.Equal((refused, failed), (Sum(requests).Refused, Sum(requests).Failed));

    [Fact]
    public void The_mean_is_over_a_minute_at_least_and_the_busiest_minute_any_sixty_seconds_on_end()
    {
        Assert.Equal((10, 10.0), (Sum(Steady(10, 1)).BusiestMinute, Sum(Steady(10, 1)).PerMinute));
        Assert.Equal(60, Sum(Steady(600, 1)).BusiestMinute);
        // Thirty before a minute's end and thirty after it are in one.
        Assert.Equal(60, Sum([.. Steady(1, 1), .. Steady(30, 1, from: 330), .. Steady(30, 1, from: 360), .. Steady(1, 1, from: 1000)]).BusiestMinute);
        Assert.Equal(1, Sum(Steady(100, 60)).BusiestMinute);
        Assert.Equal(600 / (599 / 60.0), Sum(Steady(600, 1)).PerMinute, 9);
    }

    [Theory]
    [InlineData("0 200, 1 200", 0, true, null)]
    // Told at 1.04; the first of five good answers begins at 4.
    [InlineData("0 200, 1 429, 4 200, 5 200, 6 200, 7 200, 8 200", 1, true, 2.96)]
    [InlineData("0 200, 1 429, 4 200, 5 200, 6 200, 7 200", 1, false, null)]
    // A second one among the five is of the same refusal.
    [InlineData("1 429, 4 200, 5 503, 14 200, 15 200, 16 200, 17 200, 18 200", 1, true, 12.96)]
    // One after them is another.
    [InlineData("1 429, 2 200, 3 200, 4 200, 5 200, 6 200, 7 429, 17 200, 18 200, 19 200, 20 200, 21 200", 2, true, 9.96)]
    // What fails begins the count anew, what speaks of its URL alone does not.
    [InlineData("1 429, 2 200, 3 500, 4 200, 5 200, 6 200, 7 200, 8 200", 1, true, 2.96)]
    [InlineData("1 429, 2 200, 3 403, 4 200, 5 200, 6 200, 7 200", 1, true, 0.96)]
    // A request that was under way when the refusal was told proves nothing.
    [InlineData("1 429 1000, 1.5 200, 3 200, 4 200, 5 200, 6 200", 1, false, null)]
    [InlineData("1 429 1000, 1.5 200, 3 200, 4 200, 5 200, 6 200, 7 200", 1, true, 1.0)]
    public void It_is_quiet_after_five_good_answers_in_a_row(string requests, int refusals, bool isQuiet, double? seconds)
    {
        var sum = Sum(requests);
        Assert.Equal((refusals, isQuiet), (sum.Refusals, sum.IsQuiet));
        Assert.Equal(seconds, sum.LongestToQuiet is { } span ? Math.Round(span.TotalSeconds, 6) : null);
    }

    [Theory]
    [InlineData("0 200, 1 200, 2 429, 10.04 200", 1, 8.0)]
    // Half as long again is a step of the pace, and no block.
    [InlineData("0 200, 1 200, 2 429, 4.5 200", 0, 0.0)]
    [InlineData("0 200, 0.1 200, 0.2 429, 0.9 200", 0, 0.0)]
    [InlineData("0 429, 8.04 429, 24.08 200", 2, 24.0)]
    // Trouble brings it as well: five minutes are P-15+'s.
    [InlineData("0 200, 1 200, 2 0, 302.04 200", 1, 300.0)]
    // Without trouble there was nothing to do, or nobody to do it.
    [InlineData("0 200, 1 200, 2 200, 302 200", 0, 0.0)]
    [InlineData("0 429, 1 200, 2 200, 3 200, 4 200, 5 200, 305 200", 0, 0.0)]
    // Something was in flight until 6.
    [InlineData("0 200, 1 200, 2 429, 2.5 200 3500, 10 200", 1, 4.0)]
    // A site that is asked every two minutes anyway.
    [InlineData("0 200, 120 200, 240 429, 360 200", 0, 0.0)]
    public void A_block_is_a_pause_after_trouble(string requests, int blocks, double seconds) =>
        Assert.Equal((blocks, seconds), (Sum(requests).Blocks, Math.Round(Sum(requests).Blocked.TotalSeconds, 2)));

    [Fact]
    public void It_settles_in_the_second_half_of_its_requests()
    {
        Assert.Null(Sum(Steady(19, 1)).Settled);
        // A hundred in two hundred seconds, then a hundred in twenty; the last of them to within a column.
        var settled = Sum([.. Steady(100, 2), .. Steady(100, 0.2, from: 200)]).Settled!;
        Assert.InRange(settled.Rate!.Value, 4.5, 5.2);
        Assert.InRange(settled.Requests, 100, 108);
        var refused = Sum([.. Steady(50, 1), At(50, 429), .. Steady(49, 1, from: 51)]).Settled!;
        Assert.Equal((50, 1), (refused.Requests, refused.Refused));
    }

    [Fact]
    public void Robots_were_read_when_the_store_says_so_unless_that_was_later()
    {
        SentRequest[] sent = [At(5, kind: RequestKind.Robots), At(7), At(9)];
        Assert.Equal(Epoch, Sum(sent, robotsReadAt: Epoch).RobotsReadAt);
        Assert.Equal(TimeSpan.FromSeconds(9), Sum(sent, robotsReadAt: Epoch).RobotsAge);
        // Another job read them again since.
        Assert.Equal(Epoch.AddSeconds(5), Sum(sent, robotsReadAt: Epoch.AddDays(1)).RobotsReadAt);
        Assert.Equal(Epoch.AddSeconds(5), Sum(sent).RobotsReadAt);
        Assert.Null(Sum([At(5, status: 0, kind: RequestKind.Robots)]).RobotsAge);
    }

    [Fact]
    public void Nothing_comes_of_nothing_and_an_order_that_is_none_is_refused()
    {
        var tally = new PolitenessTally();
        Assert.Null(tally.Sum(DomainName.Of("a.test", 80), null));
        tally.Add(At(2));
        Assert.Throws<ArgumentException>(() => tally.Add(At(1)));
    }
}
