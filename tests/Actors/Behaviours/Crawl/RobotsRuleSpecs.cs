using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class RobotsRuleSpecs
{
    private const string Origin = "https://example.org";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static FetchOutcome.Answered Answer(int status, string? text = null, string? to = null, string headers = "") => new(
        Now, TimeSpan.Zero, default, status, 0, "text/plain", to is null ? null : PageUrl.FromStored(to), [], null, null, headers, null,
        text is null ? null : new RobotsBody(text));

    private static RobotsRecord Known(FetchOutcome outcome, int hops = 0) =>
        Assert.IsType<RobotsVerdict.Known>(RobotsRule.After(Origin, outcome, hops, Now)).Record;

    [Theory]
    [InlineData(200)]
    [InlineData(203)]
    public void A_2xx_gives_the_rules_for_a_day(int status) =>
        Assert.Equal(new RobotsRecord(Origin, status, "Disallow: /", true, Now, Now.AddHours(24)), Known(Answer(status, "Disallow: /")));

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(451)]
    [InlineData(304)]
    public void A_4xx_allows_everything(int status)
    {
        Assert.Equal(new RobotsRecord(Origin, status, null, true, Now, Now.AddHours(24)), Known(Answer(status)));
        Assert.True(RobotsRules.Of(Known(Answer(status))).Allows("/x"));
    }

    [Fact]
    public void A_429_is_throttling_and_teaches_nothing() => Assert.IsType<RobotsVerdict.AskAgain>(RobotsRule.After(Origin, Answer(429), 0, Now));

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    [InlineData(999)]
    public void A_5xx_disallows_everything_for_five_minutes(int status)
    {
        Assert.Equal(new RobotsRecord(Origin, status, null, false, Now, Now.AddMinutes(5)), Known(Answer(status)));
        Assert.False(RobotsRules.Of(Known(Answer(status))).Allows("/x"));
    }

    [Theory]
    [InlineData(FetchFailure.Timeout)]
    [InlineData(FetchFailure.NoSuchHost)]
    [InlineData(FetchFailure.Tls)]
    [InlineData(FetchFailure.BadAnswer)]
    public void No_whole_answer_disallows_everything_for_half_a_minute(FetchFailure failure) => Assert.Equal(
        new RobotsRecord(Origin, -(int)failure, null, false, Now, Now.AddSeconds(30)),
        Known(new FetchOutcome.Failed(Now, TimeSpan.Zero, default, failure, "x")));

    [Fact]
    public void Five_redirects_are_followed_and_the_sixth_counts_as_absent()
    {
        var to = Answer(301, to: "https://example.net/robots.txt");
        var followed = Assert.IsType<RobotsVerdict.Follow>(RobotsRule.After(Origin, to, 4, Now));
        Assert.Equal((PageUrl.FromStored("https://example.net/robots.txt"), 5), (followed.To, followed.Hops));
        Assert.True(Known(to, hops: 5) is { Reachable: true, Body: null });
    }

    [Fact]
    public void A_redirect_to_nowhere_counts_as_absent() => Assert.True(Known(Answer(302)) is { Reachable: true, Body: null });

    [Theory]
    [InlineData("Cache-Control: max-age=7200", 2.0)]
    [InlineData("x: y\r\ncache-control: public, max-age=\"10800\"\r\n", 3.0)]
    [InlineData("Cache-Control: max-age=60", 1.0)]
    [InlineData("Cache-Control: no-cache", 1.0)]
    [InlineData("Cache-Control: max-age=31536000", 24.0)]
    [InlineData("Cache-Control: max-age=soon", 24.0)]
    [InlineData("Cache-Control: max-age=99999999999999999999", 24.0)]
    public void The_sites_own_lifetime_counts_between_an_hour_and_a_day(string headers, double hours) =>
        Assert.Equal(Now.AddHours(hours), Known(Answer(200, "", headers: headers)).ExpiresAt);
}
