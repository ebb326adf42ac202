using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.RetryRuleSpecs;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class StatusRuleSpecs
{
    private static readonly PageUrl Target = PageUrl.FromStored("https://site.example/target");

    [Theory]
    [InlineData(200, StatusClass.Ok, AnswerKind.Good)]
    [InlineData(204, StatusClass.Ok, AnswerKind.Good)]
    [InlineData(304, StatusClass.Ok, AnswerKind.Good)]
    [InlineData(301, StatusClass.Broken, AnswerKind.Good)]
    [InlineData(400, StatusClass.Broken, AnswerKind.Neutral)]
    [InlineData(401, StatusClass.Refused, AnswerKind.Neutral)]
    [InlineData(403, StatusClass.Refused, AnswerKind.Neutral)]
    [InlineData(404, StatusClass.Broken, AnswerKind.Good)]
    [InlineData(407, StatusClass.Refused, AnswerKind.Neutral)]
    [InlineData(410, StatusClass.Broken, AnswerKind.Good)]
    [InlineData(418, StatusClass.Broken, AnswerKind.Neutral)]
    [InlineData(429, StatusClass.Refused, AnswerKind.Throttled)]
    [InlineData(451, StatusClass.Refused, AnswerKind.Neutral)]
    [InlineData(500, StatusClass.Broken, AnswerKind.Error)]
    [InlineData(503, StatusClass.Refused, AnswerKind.Throttled)]
    [InlineData(504, StatusClass.Broken, AnswerKind.Error)]
    [InlineData(999, StatusClass.Refused, AnswerKind.Neutral)]
    public void A_status_means(int status, StatusClass end, AnswerKind kind)
    {
        Assert.Equal(end, StatusRule.Class(Status(status)));
        Assert.Equal(kind, StatusRule.Kind(Status(status)));
    }

    [Theory]
    [InlineData(FetchFailure.Timeout, StatusClass.Unknown, AnswerKind.Error)]
    [InlineData(FetchFailure.ConnectionCut, StatusClass.Unknown, AnswerKind.Error)]
    [InlineData(FetchFailure.ConnectionRefused, StatusClass.Broken, AnswerKind.Error)]
    [InlineData(FetchFailure.NoSuchHost, StatusClass.Broken, null)]
    [InlineData(FetchFailure.Tls, StatusClass.Broken, AnswerKind.Error)]
    [InlineData(FetchFailure.AddressNotAllowed, StatusClass.Unknown, null)]
    [InlineData(FetchFailure.TooLarge, StatusClass.Unknown, AnswerKind.Neutral)]
    [InlineData(FetchFailure.BadAnswer, StatusClass.Broken, AnswerKind.Error)]
    public void A_failure_means(FetchFailure failure, StatusClass end, AnswerKind? kind)
    {
        Assert.Equal(end, StatusRule.Class(Failure(failure)));
        Assert.Equal(kind, StatusRule.Kind(Failure(failure)));
    }

    [Fact]
    public void A_redirect_is_redirected_only_where_its_target_can_be_crawled()
    {
        Assert.Equal(StatusClass.Redirected, StatusRule.Class(Status(302, Target)));
        Assert.Null(StatusRule.Error(Status(302, Target)));
        Assert.Equal("HTTP 302 without a Location that can be followed.", StatusRule.Error(Status(302)));
    }

    [Fact]
    public void A_challenge_is_never_broken_and_never_good()
    {
        Assert.Equal(StatusClass.Refused, StatusRule.Class(Status(200, challenge: "Vendor")));
        Assert.Equal(AnswerKind.Neutral, StatusRule.Kind(Status(200, challenge: "Vendor")));
        Assert.Equal(AnswerKind.Throttled, StatusRule.Kind(Status(503, challenge: "Vendor")));
    }
}
