using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class AnswerRuleSpecs
{
    private static readonly DateTimeOffset Now = DomainScript.Begin;

    private static Answer Judge(int status, string? challenge = null, params string[] retryAfter) =>
        AnswerRule.Judge(new FetchOutcome.Answered(Now.AddSeconds(-1), TimeSpan.FromSeconds(1), default, status, 0, null, null, retryAfter, null, challenge, "", null, null), Now)!.Value;

    [Theory]
    [InlineData(200, AnswerKind.Good)]
    [InlineData(204, AnswerKind.Good)]
    [InlineData(301, AnswerKind.Good)]
    [InlineData(304, AnswerKind.Good)]
    [InlineData(404, AnswerKind.Good)]
    [InlineData(410, AnswerKind.Good)]
    [InlineData(400, AnswerKind.Neutral)]
    [InlineData(401, AnswerKind.Neutral)]
    [InlineData(403, AnswerKind.Neutral)]
    [InlineData(451, AnswerKind.Neutral)]
    [InlineData(500, AnswerKind.Error)]
    [InlineData(502, AnswerKind.Error)]
    [Trait("Seeds", "P-15+")]
    public void A_status_tells_the_pace_what_it_says_of_the_host(int status, AnswerKind kind) => Assert.Equal(new Answer(kind, Now.AddSeconds(-1)), Judge(status));

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [Trait("Seeds", "P-4")]
    public void A_429_and_a_503_are_throttling(int status) => Assert.Equal(AnswerKind.Throttled, Judge(status).Kind);

    [Fact]
    public void A_challenge_page_is_not_a_good_answer() => Assert.Equal(AnswerKind.Neutral, Judge(200, "somebody").Kind);

    [Theory]
    [InlineData(FetchFailure.Timeout, AnswerKind.Error)]
    [InlineData(FetchFailure.ConnectionCut, AnswerKind.Error)]
    [InlineData(FetchFailure.ConnectionRefused, AnswerKind.Error)]
    [InlineData(FetchFailure.Tls, AnswerKind.Error)]
    [InlineData(FetchFailure.TooLarge, AnswerKind.Neutral)]
    [InlineData(FetchFailure.BadAnswer, AnswerKind.Error)]
    [Trait("Seeds", "P-15+")]
    public void A_failure_is_the_hosts_trouble_unless_it_is_the_pages_or_ours(FetchFailure failure, AnswerKind kind) =>
        Assert.Equal(new Answer(kind, Now), AnswerRule.Judge(new FetchOutcome.Failed(Now, TimeSpan.Zero, default, failure, "x"), Now));

    [Theory]
    [InlineData(FetchFailure.NoSuchHost)]
    [InlineData(FetchFailure.AddressNotAllowed)]
    public void Where_nothing_was_sent_nothing_is_learned(FetchFailure failure) =>
        Assert.Null(AnswerRule.Judge(new FetchOutcome.Failed(Now, TimeSpan.Zero, default, failure, "x"), Now));

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [Trait("Seeds", "P-12+")]
    public void A_throttled_answers_Retry_After_is_a_wish_to_be_left_alone(int status) =>
        Assert.Equal(TimeSpan.FromSeconds(120), Judge(status, null, "120").RetryAfter);

    [Theory]
    [InlineData(301)]
    [InlineData(200)]
    [InlineData(500)]
    public void Any_other_answers_Retry_After_means_something_else(int status) => Assert.Null(Judge(status, null, "120").RetryAfter);
}
