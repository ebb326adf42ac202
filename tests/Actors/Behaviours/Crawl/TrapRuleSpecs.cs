using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class TrapRuleSpecs
{
    [Theory]
    [InlineData("/", null)]
    [InlineData("/a/b/c/d/e?x=/a/a/a/a", null)]
    [InlineData("/a/b/a/b", null)]
    [InlineData("/a/b/a/b/a/b", ExclusionReason.TrapRepeatedSegments)]
    [InlineData("/x/a/b/a/b/a/b/", ExclusionReason.TrapRepeatedSegments)]
    [InlineData("/a/a", null)]
    [InlineData("/a/a/a", ExclusionReason.TrapRepeatedSegments)]
    [InlineData("/2010/10/10/10", null)]
    [InlineData("/v/1/v/1/v/1", ExclusionReason.TrapRepeatedSegments)]
    [InlineData("/about/shop/about/x/about/y/about/z", null)]
    [InlineData("/about/shop/about/x/about/y/about/z/about", ExclusionReason.TrapRepeatedSegments)]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30", null)]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31", ExclusionReason.TrapDeepPath)]
    public void A_path_that_repeats_or_is_too_deep_tells_by_its_shape(string path, ExclusionReason? why) => Assert.Equal(why, TrapRule.ByShape(Url(path), TrapSettings.Default));

    [Theory]
    [InlineData("/p/1", "TrapPrefix")]
    [InlineData("/p?id=1", "TrapQueries TrapPrefix")]
    [InlineData("/p?a=1&b=2", "TrapQueryOrder TrapQueries TrapPrefix")]
    [InlineData("/p?a=1&b=2&c=3&d=4", "TrapQueryOrder TrapQueryFilters TrapPrefix")]
    [InlineData("/cal/2026/05", "TrapCalendar TrapPrefix")]
    [InlineData("/cal/2026/05/31/", "TrapCalendar TrapPrefix")]
    [InlineData("/cal/2026-05-31", "TrapCalendar TrapPrefix")]
    [InlineData("/cal?month=5&year=2026", "TrapQueryOrder TrapCalendar TrapQueries TrapPrefix")]
    [InlineData("/cal?at=20260531", "TrapCalendar TrapQueries TrapPrefix")]
    [InlineData("/news/2026/05/31/what-happened", "TrapPrefix")]
    [InlineData("/cal/2026/13", "TrapPrefix")]
    [InlineData("/item/20269999", "TrapPrefix")]
    [InlineData("/p;jsessionid=0123456789abcdef?x=1", "TrapSession TrapQueries TrapPrefix")]
    [InlineData("/(S(lit3py55t21z5v55vlm25s55))/p", "TrapSession TrapPrefix")]
    [InlineData("/p?PHPSESSID=0123456789abcdef", "TrapSession TrapQueries TrapPrefix")]
    [InlineData("/p?sid=7", "TrapQueries TrapPrefix")]
    public void A_URL_is_charged_to_the_budgets_that_its_parts_speak_of(string path, string budgets) =>
        Assert.Equal(budgets, string.Join(' ', Budgets(path).Select(budget => budget.Why)));

    [Theory]
    [InlineData(ExclusionReason.TrapQueryOrder, "/p?a=1&b=2", "/p?b=2&a=1", true)]
    [InlineData(ExclusionReason.TrapQueryOrder, "/p?a=1&b=2", "/p?a=2&b=1", false)]
    [InlineData(ExclusionReason.TrapQueryOrder, "/p?a=1&b=2", "/q?a=1&b=2", false)]
    [InlineData(ExclusionReason.TrapSession, "/p;jsessionid=0123456789abcdef", "/p?sid=fedcba9876543210", true)]
    [InlineData(ExclusionReason.TrapSession, "/p?x=1&sid=0123456789abcdef", "/p?sid=fedcba9876543210&x=1", true)]
    [InlineData(ExclusionReason.TrapSession, "/p?x=1&sid=0123456789abcdef", "/p?x=2&sid=0123456789abcdef", false)]
    [InlineData(ExclusionReason.TrapSession, "/(S(lit3py55t21z5v55vlm25s55))/p/1", "/(S(aaaapy55t21z5v55vlm25s55))/p/1", true)]
    [InlineData(ExclusionReason.TrapCalendar, "/cal/2026/05", "/cal/1999-12-31", true)]
    [InlineData(ExclusionReason.TrapCalendar, "/cal/2026/05", "/events/2026/05", false)]
    [InlineData(ExclusionReason.TrapCalendar, "/c?room=1&date=2026-05-01", "/c?room=1&date=2026-05-02", true)]
    [InlineData(ExclusionReason.TrapCalendar, "/c?room=1&date=2026-05-01", "/c?room=2&date=2026-05-01", false)]
    [InlineData(ExclusionReason.TrapQueries, "/p?a=1", "/p?b=1&c=2", true)]
    [InlineData(ExclusionReason.TrapPrefix, "/p/1", "/p/2/3", true)]
    [InlineData(ExclusionReason.TrapPrefix, "/p/1", "/p", false)]
    [InlineData(ExclusionReason.TrapPrefix, "/p", "/q", true)]
    public void What_differs_only_in_what_a_trap_varies_shares_a_budget(ExclusionReason why, string a, string b, bool same) =>
        Assert.Equal(same, Budgets(a).Single(budget => budget.Why == why).Key == Budgets(b).Single(budget => budget.Why == why).Key);

    [Fact]
    public void Other_origins_have_other_budgets() => Assert.NotEqual(Budgets("/p/1").Single(), Budgets("/p/1", "http://www.a.test").Single());

    [Fact]
    public void Keys_are_stored_and_stay_what_they_are() => Assert.Equal([5417076161115140915], [Budgets("/p/1").Single().Key]);

    [Fact]
    public void An_honest_shop_of_a_hundred_thousand_products_is_left_alone()
    {
        Assert.True(TrapRule.HasRoom(ExclusionReason.TrapPrefix, 100_000, 100_050, TrapSettings.Default));
        Assert.True(TrapRule.HasRoom(ExclusionReason.TrapQueries, 100_000, 100_050, TrapSettings.Default));
        Assert.False(TrapRule.HasRoom(ExclusionReason.TrapPrefix, 200_000, 200_050, TrapSettings.Default));
        Assert.False(TrapRule.HasRoom(ExclusionReason.TrapQueryOrder, 1, 1, TrapSettings.Default));
    }

    [Fact]
    public void A_prefix_may_hold_more_where_there_is_more_elsewhere() => Assert.True(TrapRule.HasRoom(ExclusionReason.TrapPrefix, 200_000, 220_001, TrapSettings.Default));

    [Fact]
    public void The_usual_budgets_are_right_and_wrong_ones_are_told()
    {
        Assert.Empty(TrapSettings.Problems(TrapSettings.Default));
        Assert.Equal("Traps:Dates is 0; allowed is 1 to 1000000000.", Assert.Single(TrapSettings.Problems(TrapSettings.Default with { Dates = 0 })).ToString());
    }

    private static TrapBudget[] Budgets(string path, string origin = "http://a.test")
    {
        var budgets = new TrapBudget[TrapRule.MostBudgets];
        return budgets[..TrapRule.Budgets(Url(path, origin), budgets)];
    }

    private static PageUrl Url(string path, string origin = "http://a.test") => PageUrl.FromStored(origin + path);
}
