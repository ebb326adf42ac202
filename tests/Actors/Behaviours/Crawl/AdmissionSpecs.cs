using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class AdmissionSpecs
{
    private static DomainState Knowing(RobotsRecord record)
    {
        var state = new DomainState(Name);
        return state with { Robots = state.Robots.Add(record.Origin, new RobotsKnown(record, RobotsRules.Of(record))) };
    }

    private static Admission Judge(RobotsRecord record, Unit unit) => Admission.Judge(Knowing(record), unit, Begin);

    [Fact]
    public void A_page_waits_for_its_own_origins_rules()
    {
        Assert.Equal(new Admission.RobotsFirst(Origin), Admission.Judge(new DomainState(Name), Page(1), Begin));
        var secure = Page(1) with { Url = PageUrl.FromStored("https://a.test/1") };
        Assert.Equal(new Admission.RobotsFirst("https://a.test"), Judge(NoRules, secure));
    }

    [Fact]
    public void Rules_that_have_expired_are_read_again()
    {
        var record = NoRules with { ExpiresAt = Begin };
        Assert.IsType<Admission.RobotsFirst>(Judge(record, Page(1)));
        Assert.IsType<Admission.Ask>(Judge(record with { ExpiresAt = Begin.AddTicks(1) }, Page(1)));
    }

    [Fact]
    public void A_robots_unit_ends_once_the_rules_are_known() => Assert.Equal(new Admission.Close(null), Judge(NoRules, Robots(1)));

    [Fact]
    public void What_the_rules_disallow_is_kept_out_and_the_rest_is_asked()
    {
        var rules = Rules("User-agent: *\nDisallow: /1\n");
        Assert.Equal(new Admission.Close(ExclusionReason.Robots), Judge(rules, Page(1)));
        Assert.IsType<Admission.Ask>(Judge(rules, Page(2)));
    }

    [Fact]
    public void An_absent_file_allows_everything() => Assert.IsType<Admission.Ask>(Judge(Rules(null, 404), Page(1)));

    [Fact]
    public void A_file_that_answers_5xx_keeps_its_pages_out() =>
        Assert.Equal(new Admission.Close(ExclusionReason.RobotsUnreachable), Judge(Rules(null, 503, reachable: false), Page(1)));

    [Theory]
    [InlineData(FetchFailure.NoSuchHost)]
    [InlineData(FetchFailure.ConnectionRefused)]
    [InlineData(FetchFailure.Tls)]
    [InlineData(FetchFailure.AddressNotAllowed)]
    [InlineData(FetchFailure.Timeout)]
    [InlineData(FetchFailure.ConnectionCut)]
    public void Without_a_connection_the_page_ends_as_its_robots_file_did(FetchFailure failure) =>
        Assert.Equal(new Admission.Unreachable(failure), Judge(Rules(null, -(int)failure, reachable: false), Page(1)));

    [Theory]
    [InlineData(FetchFailure.TooLarge)]
    [InlineData(FetchFailure.BadAnswer)]
    public void A_file_that_came_but_could_not_be_read_keeps_its_pages_out(FetchFailure failure) =>
        Assert.Equal(new Admission.Close(ExclusionReason.RobotsUnreachable), Judge(Rules(null, -(int)failure, reachable: false), Page(1)));
}
