using System.Globalization;
using Amble.Behaviours.Crawl;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Simulation.Specs.Load;

/// <summary>The load test of the incident in virtual time, on the whole runtime: the policy that failed in production, and the one that took its place.</summary>
[Trait("Seeds", "P-8")]
public sealed class LoadSpecs(ITestOutputHelper output)
{
    private const int Tasks = 10_000;

    [Fact]
    public void Of_ten_thousand_tasks_on_ten_throttling_domains_none_fails_hard_and_at_most_one_percent_of_the_requests_is_refused()
    {
        var spans = new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60) };
        var ours = Run(CrawlSettings.Default, 10, spans, judge: true);
        var old = Run(LoadPlan.Old, 10, spans, judge: false);
        output.WriteLine($"told: load test in simulation, 10 domains, refusal spans of 1 and 60 s: {ours}; old policy {old}");

        Assert.Equal((Tasks, 0), (ours.Good, ours.Failed));
        Assert.InRange(ours.RefusedShare, 0, 0.01);
        Assert.True(old.RefusedShare > 0.05, "The old policy is not the one that failed.");
    }

    private static Sum Run(CrawlSettings settings, int domains, IReadOnlyList<TimeSpan> spans, bool judge)
    {
        using var life = new SimulatedLife(LoadPlan.Of(settings, domains, Tasks / domains, spans));
        life.Live();
        Assert.Empty(life.Crashes);
        Assert.True(life.Ended, $"not over after {life.Lived}");
        if (judge) Assert.Empty(LifeJudge.Judge(life));
        var arrivals = life.Plan.Sites.Values.SelectMany(site => site.Arrivals).ToList();
        var good = (int)life.Jobs.Sum(job => job.Counts.Ok);
        return new Sum(good, Tasks - good, arrivals.Count(a => a.Status is 429 or 503) / (double)arrivals.Count, life.Lived, life.Steps);
    }

    private sealed record Sum(int Good, int Failed, double RefusedShare, TimeSpan Took, long Steps)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Failed} of {Tasks} hard-failed, {RefusedShare * 100:0.00} % refused, {Took.TotalMinutes:0} min");
    }
}
