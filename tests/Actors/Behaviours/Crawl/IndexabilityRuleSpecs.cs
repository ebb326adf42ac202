using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class IndexabilityRuleSpecs
{
    [Theory]
    [InlineData(StatusClass.Ok, false, null, Indexability.Indexable)]
    [InlineData(StatusClass.Ok, false, "http://a.test/p", Indexability.Indexable)]
    [InlineData(StatusClass.Ok, false, "http://a.test/q", Indexability.CanonicalElsewhere)]
    [InlineData(StatusClass.Ok, true, "http://a.test/q", Indexability.NoIndex)]
    [InlineData(StatusClass.Redirected, false, null, Indexability.NotOk)]
    [InlineData(StatusClass.Broken, true, null, Indexability.NotOk)]
    public void A_page_is_listed_when_it_is_fine_allows_it_and_is_its_own(StatusClass @class, bool noIndex, string? canonical, Indexability expected) =>
        Assert.Equal(expected, IndexabilityRule.Judge(@class, noIndex, canonical, PageUrl.FromStored("http://a.test/p")));
}
