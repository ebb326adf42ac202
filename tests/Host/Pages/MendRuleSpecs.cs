using Amble.App.Pages;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Pages;

public sealed class MendRuleSpecs
{
    private readonly FakeNode _node = new();

    [Fact]
    public void What_readers_get_nothing_of_comes_before_what_they_wait_for_and_that_before_polish()
    {
        _node.Report.AddSum(SumKind.Issue, (int)PageIssue.NoDescription, 9_000);
        _node.Report.AddSum(SumKind.Issue, (int)PageIssue.Slow, 500);
        _node.Report.Broken.Add(FakeReports.Page(0, "https://example.org/gone", StatusClass.Broken, 404, sources: 1));

        Assert.Equal(["Broken pages", "Slow pages", "Pages without a description"], Names(FakeNode.Counts(ok: 9_000, broken: 1)));
    }

    [Fact]
    public void What_more_pages_link_to_comes_first()
    {
        _node.Report.AddSum(SumKind.Status, 500, 1);
        _node.Report.AddSum(SumKind.Status, 404, 3);
        _node.Report.Broken.Add(FakeReports.Page(0, "https://example.org/failed", StatusClass.Broken, 500, sources: 40));
        _node.Report.Broken.Add(FakeReports.Page(1, "https://example.org/gone", StatusClass.Broken, 404, sources: 2));

        var mends = Mends(FakeNode.Counts(ok: 9, broken: 4));

        Assert.Equal([("Server errors", 1L), ("Broken pages", 3L)], mends.Select(mend => (mend.Name, mend.Count)));
        Assert.Contains("/failed, is linked from 40 pages", mends[0].Why);
    }

    [Fact]
    public void A_circle_is_lost_and_a_chain_is_a_wait_and_one_step_is_nothing()
    {
        var (a, b, c) = ("https://example.org/a", "https://example.org/b", "https://example.org/c");
        _node.Report.Redirects.Add(FakeReports.Page(0, a, StatusClass.Redirected, 301, 0, FakeReports.Hop(b, StatusClass.Redirected, 301), FakeReports.Hop(a, StatusClass.Redirected, 301)));
        _node.Report.Redirects.Add(FakeReports.Page(1, a, StatusClass.Redirected, 301, 0, FakeReports.Hop(b, StatusClass.Redirected, 301), FakeReports.Hop(c, StatusClass.Ok, 200)));
        _node.Report.Redirects.Add(FakeReports.Page(2, b, StatusClass.Redirected, 301, 0, FakeReports.Hop(c, StatusClass.Ok, 200)));
        _node.Excluded.Add(new ExcludedView(ExclusionReason.TooManyRedirects, 2, []));

        var mends = Mends(FakeNode.Counts(ok: 1, redirected: 3));

        Assert.Equal([("Redirects that never arrive", 3L), ("Chains of redirects", 1L)], mends.Select(mend => (mend.Name, mend.Count)));
        Assert.All(mends, mend => Assert.False(mend.IsLeast));
        Assert.All(Mends(FakeNode.Counts(ok: 1, redirected: 5_001)), mend => Assert.True(mend.IsLeast));
    }

    [Fact]
    public void A_thousand_redirects_are_looked_at_and_when_there_are_more_the_page_says_at_least()
    {
        var (a, b) = ("https://example.org/a", "https://example.org/b");
        for (var rank = 0; rank <= 1_000; rank++)
            _node.Report.Redirects.Add(FakeReports.Page(rank, a, StatusClass.Redirected, 301, 0, FakeReports.Hop(b, StatusClass.Redirected, 301), FakeReports.Hop(a, StatusClass.Redirected, 301)));

        var cut = Assert.Single(Mends(FakeNode.Counts(ok: 1, redirected: 1_001)));
        Assert.Equal((1_000L, true), (cut.Count, cut.IsLeast));
        Assert.Contains("never arrive, at least 1,000\"", MendPart.Write([cut]).ToString());
        Assert.DoesNotContain("at least", MendPart.Write(Mends(FakeNode.Counts(ok: 1, redirected: 1_000))).ToString());
    }

    [Fact]
    public void What_was_asked_to_be_left_out_is_nothing_to_mend_and_a_trap_is()
    {
        _node.Excluded.Add(new ExcludedView(ExclusionReason.Robots, 100, []));
        _node.Excluded.Add(new ExcludedView(ExclusionReason.Depth, 100, []));
        _node.Excluded.Add(new ExcludedView(ExclusionReason.TrapCalendar, 7, []));
        _node.Excluded.Add(new ExcludedView(ExclusionReason.TrapPrefix, 2, []));

        Assert.Equal([("URLs that lead on without end", 9L)], Mends(FakeNode.Counts(ok: 5)).Select(mend => (mend.Name, mend.Count)));
    }

    [Fact]
    public void An_answer_503_is_a_refusal_and_no_server_error()
    {
        _node.Report.AddSum(SumKind.Status, 503, 4);
        Assert.Equal(["Refused pages"], Names(FakeNode.Counts(ok: 5, refused: 4)));
    }

    [Theory]
    [InlineData(JobState.Completed, 5, 0, "All is well.")]
    [InlineData(JobState.Completed, 5, 2, "2 pages cannot be reached.")]
    [InlineData(JobState.Completed, 5, 1, "1 page cannot be reached.")]
    [InlineData(JobState.Running, 0, 0, "The crawl has begun.")]
    [InlineData(JobState.Running, 5, 0, "The crawl is under way, and nothing is broken so far.")]
    [InlineData(JobState.Running, 5, 2, "The crawl is under way, with 2 broken pages so far.")]
    [InlineData(JobState.Completed, 0, 0, "There was nothing to ask for.")]
    [InlineData(JobState.Failed, 0, 1, "The crawl failed.")]
    [InlineData(JobState.Parked, 5, 0, "The crawl waits, as the site asked.")]
    [InlineData(JobState.Blocked, 5, 0, "The site turned us away.")]
    [InlineData(JobState.Cancelled, 5, 3, "The crawl was cancelled.")]
    public void The_verdict_is_the_worst_that_is_known(JobState state, int ok, int broken, string headline) => Assert.Equal(headline, Verdict(state, FakeNode.Counts(ok: ok, broken: broken)).Headline);

    [Fact]
    public void What_hinders_is_named_when_nothing_is_broken_and_polish_is_no_reproach()
    {
        _node.Report.AddSum(SumKind.Issue, (int)PageIssue.LongTitle, 3);
        Assert.Equal(("good", "Everything can be reached."), (Verdict(JobState.Completed, FakeNode.Counts(ok: 5)).Tone, Verdict(JobState.Completed, FakeNode.Counts(ok: 5)).Headline));
        _node.Report.AddSum(SumKind.Issue, (int)PageIssue.NoIndex, 3);
        var verdict = Verdict(JobState.Completed, FakeNode.Counts(ok: 5));
        Assert.Equal("warn", verdict.Tone);
        Assert.Contains("pages that hide from search engines, 3 of them", verdict.Sentence);
    }

    private Verdict Verdict(JobState state, JobCounts counts)
    {
        var read = Read(state, counts);
        return VerdictRule.Of(read.Job, MendRule.Of(read));
    }

    private IEnumerable<string> Names(JobCounts counts) => Mends(counts).Select(mend => mend.Name);

    private IReadOnlyList<Mend> Mends(JobCounts counts) => MendRule.Of(Read(JobState.Completed, counts));

    private JobReading Read(JobState state, JobCounts counts) => JobReading.Read(_node, _node.Add("https://example.org/", state, counts), null);
}
