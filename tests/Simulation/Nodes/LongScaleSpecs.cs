using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>A hundred thousand domains and a million URLs in virtual time, on three nodes that die, freeze and hand over: every invariant holds at that size too.</summary>
public sealed class LongScaleSpecs(ITestOutputHelper output)
{
    private static readonly int _domains =
        int.TryParse(Environment.GetEnvironmentVariable("AMBLE_SCALE"), CultureInfo.InvariantCulture, out var domains) ? domains : 100_000;

    [Fact]
    [Trait("Run", "Long")]
    [Trait("Seeds", "P-16+")]
    [Trait("Seeds", "P-18+")]
    [Trait("Seeds", "S-1")]
    [Trait("Seeds", "S-5")]
    public void A_hundred_thousand_domains_are_crawled_whatever_befalls_three_nodes()
    {
        using var life = new NodesLife(ScalePlan.Of(1, _domains));
        var watch = Stopwatch.StartNew();
        life.Live();
        var lived = watch.Elapsed;
        var wrong = NodesJudge.Judge(life);

        var sites = life.Plan.Sites.Values;
        var hours = sites.Where(site => site.Arrivals.Count > 0).Sum(site => (site.Arrivals[^1].AnsweredAt - site.Arrivals[0].At).TotalHours);
        var deaths = life.Plan.Troubles.Count(trouble => trouble.What == Trouble.Death);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"told: scale: {sites.Count():N0} domains, {life.Jobs.Sum(job => job.Counts.Visits):N0} URLs, {sites.Sum(site => site.Arrivals.Count):N0} requests on three nodes with {life.Plan.Troubles.Count} troubles ({deaths} deaths, {life.Leases.Moves:N0} domains moved): {life.World.Steps:N0} steps, {life.Lived.TotalMinutes:0} minutes of virtual time in {lived.TotalSeconds:0} s: {hours / lived.TotalSeconds:0.0} domain-hours a second; judged in {(watch.Elapsed - lived).TotalSeconds:0} s, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at most"));
        Assert.Empty(wrong.Take(20));
        Assert.Equal(_domains * ScalePlan.PagesOfHost, life.Jobs.Sum(job => job.Counts.Visits));
        Assert.InRange(life.Leases.Moves, _domains / 20, long.MaxValue);
    }
}
