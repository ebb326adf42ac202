using Amble.Behaviours.Jobs;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Jobs;

public sealed class SourcesRuleSpecs
{
    [Fact]
    public void A_page_has_ten_thousand_sources_at_most()
    {
        Assert.Equal(10_000, SourcesRule.Bound([3, 50_000]));
        Assert.Equal(10_000, SourcesRule.Bound([]));
    }

    [Fact]
    public void Where_there_are_too_many_the_most_linked_give_way_and_the_least_linked_do_not()
    {
        int[] counts = [.. Enumerable.Repeat(50_000, 100), .. Enumerable.Repeat(1, 5_000)];
        var bound = SourcesRule.Bound(counts);
        Assert.Equal(1_950, bound);
        Assert.Equal(SourcesRule.MostOfJob, counts.Sum(count => Math.Min(count, bound)));
    }

    [Fact]
    public void Each_of_the_most_broken_pages_that_there_may_be_has_one() => Assert.Equal(1, SourcesRule.Bound([.. Enumerable.Repeat(9, SourcesRule.MostOfJob)]));
}
