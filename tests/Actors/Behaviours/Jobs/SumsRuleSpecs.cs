using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Jobs;

public sealed class SumsRuleSpecs
{
    private static readonly JudgedContent Fine = new("http://a.test/", "text/html; charset=utf-8", "A title", false, "http://a.test/", new PageFacts("It is about this.", null, 1, 300));

    [Fact]
    public void A_page_that_was_ok_counts_by_class_and_depth_status_time_and_cache() => Assert.Equal(
        [(SumKind.ClassByDepth, 24), (SumKind.Status, 200), (SumKind.ResponseTime, 2), (SumKind.Cache, (int)CacheStatus.Miss)],
        SumsRule.Of(new SummedVisit(StatusClass.Ok, 200, 3, 120, CacheStatus.Miss, Fine)));

    [Theory]
    [InlineData(StatusClass.Broken, 404, 3, 27, 404)]
    [InlineData(StatusClass.Unknown, null, 0, 4, 0)]
    [InlineData(StatusClass.Broken, -4, 900, 403, -4)]
    public void A_page_that_was_not_ok_counts_by_class_and_status_alone(StatusClass @class, int? status, int depth, int classByDepth, int key)
    {
        Assert.Equal([(SumKind.ClassByDepth, classByDepth), (SumKind.Status, key)], SumsRule.Of(new SummedVisit(@class, status, depth, 5_000, CacheStatus.Hit, null)));
        Assert.Equal((Math.Min(depth, SumsRule.DeepestDepth), @class), SumsRule.ClassByDepth(classByDepth));
    }

    [Fact]
    public void A_page_with_nothing_wrong_has_no_issue() => Assert.Empty(IssueRule.Judge(Fine, 1_000));

    [Fact]
    public void A_page_may_have_several_issues() => Assert.Equal(
        [PageIssue.Slow, PageIssue.NoIndex, PageIssue.CanonicalElsewhere, PageIssue.NoTitle, PageIssue.NoDescription, PageIssue.NoHeading, PageIssue.FewWords],
        IssueRule.Judge(Fine with { Title = " ", NoIndex = true, Canonical = "http://a.test/other", Facts = new PageFacts(null, null, 0, 49) }, 1_001));

    [Fact]
    public void A_title_may_be_too_long_and_there_may_be_too_many_headings() => Assert.Equal(
        [PageIssue.LongTitle, PageIssue.SeveralHeadings],
        IssueRule.Judge(Fine with { Title = new string('a', 71), Facts = new PageFacts("It is about this.", null, 2, 50) }, 10));

    [Theory]
    [InlineData("application/pdf")]
    [InlineData(null)]
    public void What_is_no_HTML_needs_no_title(string? contentType) => Assert.Empty(IssueRule.Judge(Fine with { ContentType = contentType, Title = null, Facts = new PageFacts(null, null, 0, 0) }, 10));

    [Fact]
    public void What_is_not_known_is_no_issue() => Assert.Empty(IssueRule.Judge(Fine with { Facts = null }, 10));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 0)]
    [InlineData(51, 1)]
    [InlineData(1_000, 6)]
    [InlineData(1_001, 7)]
    [InlineData(10_000, 10)]
    [InlineData(int.MaxValue, 11)]
    public void A_response_time_is_in_the_bucket_whose_bounds_hold_it(int milliseconds, int bucket)
    {
        Assert.Equal(bucket, TimeBuckets.Of(milliseconds));
        var (over, upTo) = TimeBuckets.Bounds(bucket);
        Assert.True((over is null || milliseconds > over) && (upTo is null || milliseconds <= upTo));
    }

    [Fact]
    public void Buckets_follow_each_other_without_a_gap() =>
        Assert.All(Enumerable.Range(1, TimeBuckets.Count - 1), bucket => Assert.Equal(TimeBuckets.Bounds(bucket - 1).UpTo, TimeBuckets.Bounds(bucket).Over));
}
