using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

[Trait("Seeds", "P-14+")]
public sealed class RefusalRuleSpecs
{
    private static readonly RetrySettings S = RetrySettings.Default;
    private static readonly PageUrl Start = Url("/");

    [Theory]
    [InlineData("403 403", false)]
    [InlineData("403 403 403", true)]
    [InlineData("401 407 451", true)]
    [InlineData("999 999 999", true)]
    [InlineData("c", false)]
    [InlineData("c c", true)]
    [InlineData("c c/same", true)]
    [InlineData("403 403/same 403/same", false)]
    [InlineData("403 c", false)]
    [InlineData("403 403 200 403", false)]
    [InlineData("403 403 404 403", false)]
    [InlineData("c 301 c", false)]
    [InlineData("403 403 500 403", true)]
    [InlineData("403 timeout 403 timeout 403", true)]
    [InlineData("403 403 429 403", true)]
    [InlineData("429 503 429 503 429", false)]
    [InlineData("500 500 500 500", false)]
    public void Three_different_URLs_or_two_challenges_in_a_row_ask_a_good_one_again(string answers, bool asks)
    {
        var verdict = RefusalRule.Judge(Row(answers), Start, S);
        Assert.Equal(asks ? new RefusalVerdict.Ask(Url("/good")) : null, verdict);
    }

    [Fact]
    public void Where_none_was_good_the_start_page_is_asked_or_is_proof_enough()
    {
        Assert.Equal(new RefusalVerdict.Ask(Start), RefusalRule.Judge(Row("c c", good: null), Start, S));
        Assert.Null(RefusalRule.Judge(Row("c c", good: null), null, S));
        var first = RefusalRule.After(Refusals.None, Start, Answer("c"));
        var blocked = Assert.IsType<RefusalVerdict.Blocked>(RefusalRule.Judge(RefusalRule.After(first, Start, Answer("c")), Start, S));
        Assert.Equal(
            "The site turns us away: 2 answers in a row were challenge pages (Guard, HTTP 403), which ask for proof that we are human, http://a.test/ among them, where the crawl begins.",
            blocked.Reason);
    }

    [Theory]
    [InlineData("403", "blocked")]
    [InlineData("c", "blocked")]
    [InlineData("301/1", "blocked")]
    [InlineData("301/elsewhere", "asked /elsewhere")]
    [InlineData("301/forbidden", "on")]
    [InlineData("429", "asked /good")]
    [InlineData("200", "on")]
    [InlineData("404", "on")]
    [InlineData("500", "on")]
    [InlineData("timeout", "on")]
    public void What_the_good_one_is_answered_decides(string answer, string expected)
    {
        var asked = Row("403 403 403") with { Check = new RefusalCheck(Url("/good"), Answers.Epoch, UnderWay: true) };
        var (next, verdict) = RefusalRule.Checked(asked, Answer(answer), url => url != Url("/forbidden"), Answers.Epoch, S);
        Assert.Equal(expected, verdict is RefusalVerdict.Blocked ? "blocked" : next.Check is { } check ? $"asked {check.Url.PathAndQuery}" : "on");
        if (verdict is RefusalVerdict.Blocked blocked)
            Assert.StartsWith("The site turns us away: 3 pages in a row were refused (HTTP 403), and so was http://a.test/good, which had been answered well before", blocked.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void URLs_that_were_refused_while_another_was_answered_well_are_not_counted_again()
    {
        var asked = Row("403 403 403") with { Check = new RefusalCheck(Url("/good"), Answers.Epoch, UnderWay: true) };
        var (next, _) = RefusalRule.Checked(asked, Answer("200"), _ => true, Answers.Epoch, S);
        foreach (var path in new[] { "/0", "/1", "/2" }) next = RefusalRule.After(next, Url(path), Answer("c"));
        Assert.Null(RefusalRule.Judge(next, Start, S));
        foreach (var path in new[] { "/x", "/y", "/z" }) next = RefusalRule.After(next, Url(path), Answer("403"));
        Assert.IsType<RefusalVerdict.Ask>(RefusalRule.Judge(next, Start, S));
    }

    [Fact]
    public void A_page_that_is_answered_well_while_the_good_one_is_asked_again_ends_the_row()
    {
        var asked = Row("403 403 403") with { Check = new RefusalCheck(Url("/good"), Answers.Epoch, UnderWay: true) };
        var (next, verdict) = RefusalRule.Checked(RefusalRule.After(asked, Url("/other"), Answer("200")), Answer("403"), _ => true, Answers.Epoch, S);
        Assert.Equal((null, null, true), (verdict, next.Check, next.Row.IsEmpty));
    }

    [Fact]
    public void Redirects_are_not_followed_for_ever()
    {
        var asked = Row("403 403 403") with { Check = new RefusalCheck(Url("/good"), Answers.Epoch, RefusalRule.MostHops, UnderWay: true) };
        Assert.Null(RefusalRule.Checked(asked, Answer("301/elsewhere"), _ => true, Answers.Epoch, S).Next.Check);
    }

    private static PageUrl Url(string path) => PageUrl.FromStored("http://a.test" + path);

    // "403": by another URL each; "403/same": by the one before.
    private static Refusals Row(string answers, string? good = "/good")
    {
        var row = good is null ? Refusals.None : RefusalRule.After(Refusals.None, Url(good), Answer("200"));
        var number = -1;
        foreach (var word in answers.Split(' '))
        {
            if (!word.EndsWith("/same", StringComparison.Ordinal)) number++;
            row = RefusalRule.After(row, Url($"/{number}"), Answer(word.Replace("/same", "", StringComparison.Ordinal)));
        }
        return row;
    }

    private static FetchOutcome Answer(string word) => word.Split('/') switch
    {
        ["timeout"] => new FetchOutcome.Failed(Answers.Epoch, TimeSpan.Zero, default, FetchFailure.Timeout, "a.test did not answer in time."),
        ["c"] => RetryRuleSpecs.Status(403, challenge: "Guard"),
        [var status, var to] => RetryRuleSpecs.Status(int.Parse(status), Url("/" + to)),
        [var status] => RetryRuleSpecs.Status(int.Parse(status)),
        _ => throw new ArgumentException(word),
    };
}
