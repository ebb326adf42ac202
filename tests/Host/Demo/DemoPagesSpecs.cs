using System.Text.RegularExpressions;
using Amble.App.Demo;
using Xunit;

namespace Amble.Host.Specs.Demo;

public sealed partial class DemoPagesSpecs
{
    [Fact]
    public void Every_page_is_linked_and_just_three_links_are_broken()
    {
        var linked = DemoPages.All.Values.SelectMany(page => Links().Matches(page).Select(match => match.Groups[1].Value)).ToHashSet();

        Assert.Subset(linked, DemoPages.All.Keys.Concat(DemoPages.Moved.Keys).ToHashSet());
        Assert.Equal(
            ["/news/2019", "/staff/rota", "/team", "/visit/plan.pdf"],
            linked.Except(DemoPages.All.Keys).Except(DemoPages.Moved.Keys).Order(StringComparer.Ordinal));
        Assert.Contains(DemoPages.Slow, DemoPages.All.Keys);
    }

    [Fact]
    public void Every_redirect_leads_to_a_page() => Assert.All(DemoPages.Moved.Values, target => Assert.Contains(target, DemoPages.All.Keys));

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Links();
}
