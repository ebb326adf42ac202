using System.Globalization;
using Amble.Behaviours.Crawl;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>
/// The promise itself (P-11+): what the rules make of a modelled site, against the figures that the rules were chosen by. Means of ten
/// seeds with jitter. "Known" is a run that starts with what a settled one left.
/// </summary>
[Trait("Seeds", "P-11+")]
public sealed class PaceTableSpecs(ITestOutputHelper output)
{
    private static readonly PaceSettings S = PaceSettings.Default;
    private static readonly double[] Rates = [0.5, 0.7, 1, 1.4, 1.8, 2, 2.5, 3.5, 5, 7, 10, 14, 20];
    private static readonly double[] Bursts = [1, 5, 20];

    [Theory]
    [InlineData(0.5, 1, 645, 1.3, 643, 1.0, 95, 0.20)]
    [InlineData(1, 5, 310, 1.3, 301, 0.6, 99, 0.20)]
    [InlineData(2, 1, 218, 0.7, 164, 0.3, 93, 0.10)]
    [InlineData(2, 5, 168, 1.3, 153, 0.3, 98, 0.10)]
    [InlineData(5, 1, 111, 0.3, 68, 0.3, 91, 0.10)]
    [InlineData(5, 5, 86, 0.33, 64, 0, 95, 0.10)]
    [InlineData(5, 20, 79, 1.0, 62, 0, 100, 0.10)]
    [InlineData(10, 5, 64, 0.3, 37, 0, 86, 0)]
    [InlineData(20, 1, 49, 0, 28, 0, 95, 0)]
    [InlineData(20, 5, 49, 0, 28, 0, 95, 0)]
    [InlineData(20, 20, 49, 0, 28, 0, 95, 0)]
    public void Seconds_refusals_and_settled_share_are_those_of_the_table(
        double rate, double burst, double firstSeconds, double firstRefused, double knownSeconds, double knownRefused, double settled, double settledRefused)
    {
        var first = Mean(10, seed => Model(rate, burst, seed).Run(300));
        var longRun = Mean(10, seed => Model(rate, burst, seed).Run(2000));
        var known = Mean(10, seed => { var model = Model(rate, burst, seed); model.Run(2000); return model.Run(300); });
        var share = longRun.SettledRate / rate * 100;
        Tell($"{rate}/{burst}: never crawled {first.Seconds:0}/{first.Refused * 100:0.00}, known {known.Seconds:0}/{known.Refused * 100:0.00}, settled {share:0}/{longRun.SettledRefused * 100:0.00}");

        Assert.InRange(first.Seconds, 0, firstSeconds * 1.05);
        Assert.InRange(known.Seconds, 0, knownSeconds * 1.05);
        Assert.InRange(share, settled * 0.95, 105);
        // The table's own figures are rounded; one refused request is 0.33 % of a short run and 0.1 % of a long one's half, in which two more
        // may fall: nearer to what a site allows, a climb ends sooner in a refusal.
        Assert.InRange(first.Refused * 100, 0, firstRefused * 1.05 + 0.05);
        Assert.InRange(known.Refused * 100, 0, knownRefused * 1.05 + 0.05);
        Assert.InRange(longRun.SettledRefused * 100, 0, settledRefused + 0.21);
        Assert.Equal(0, first.HardFailed + longRun.HardFailed + known.HardFailed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Settled_it_takes_at_least_90_percent_of_what_the_site_allows_with_at_most_1_percent_refused(bool jitter)
    {
        foreach (var (rate, burst) in Rates.SelectMany(rate => Bursts.Select(burst => (rate, burst))))
            Settles(6, $"{rate}/{burst}", rate, seed => new DomainModel(new SiteModel(rate, burst), S, seed, jitter));
    }

    [Fact]
    public void Also_where_every_start_is_about_a_millisecond_late_and_the_site_has_no_patience_for_one_that_is_early()
    {
        foreach (var rate in Rates) Settles(6, $"{rate}/1, 1 ms late", rate, seed => new DomainModel(new SiteModel(rate, 1), S, seed, jitter: true) { Late = Late });
    }

    [Fact]
    public void Also_where_the_way_to_the_site_is_uneven_and_now_and_then_by_milliseconds()
    {
        foreach (var rate in Rates)
            Settles(12, $"{rate}/1, uneven", rate, seed => new DomainModel(new SiteModel(rate, 1), S, seed, jitter: true) { Late = Late, UnderWay = UnderWay });

        static TimeSpan UnderWay(Random chance) => TimeSpan.FromMilliseconds(0.1 * chance.NextDouble() + (chance.NextDouble() < 0.0005 ? -6 * Math.Log(1 - chance.NextDouble()) : 0));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Five_a_second_told_nothing_300_pages_never_crawled_and_then_again(bool jitter, bool retryAfter)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var model = new DomainModel(new SiteModel(5, 5, retryAfter), S, seed, jitter);
            var first = model.Run(300);
            var again = model.Run(300);
            Assert.True(first.Seconds <= 100 && first.Refused <= 0.02, $"seed {seed}: {first}");
            Assert.True(again.Seconds <= 75 && again.Refused <= 0.02, $"seed {seed}, again: {again}");
        }
    }

    [Fact, Trait("Seeds", "P-1"), Trait("Seeds", "P-2")]
    public void In_the_first_second_one_request_starts_on_a_domain_never_crawled_and_at_most_two_on_a_known_one()
    {
        foreach (var rate in Rates)
        {
            var model = Model(rate, 20, seed: 1);
            Assert.Equal(1, model.Run(300).FirstSecond);
            Assert.InRange(model.Run(50).FirstSecond, 1, 2);
        }
    }

    [Fact]
    public void A_site_whose_rate_rises_from_1_to_10_a_second_is_followed_to_90_percent_within_twenty_minutes()
    {
        var starts = new List<double>();
        new DomainModel(new SiteModel(1, 5), S, 1, jitter: true) { RateAt = t => t < 600 ? 1 : 10, Watch = (t, _, refused) => { if (!refused) starts.Add(t); } }.Run(30_000, endAt: 1900);
        // The longer half of that is one wait and one probe of 480 s each, doubled by the probes that were refused before the rise.
        var rate = starts.Count(t => t is >= 1800 and < 1860) / 60.0;
        Tell($"rate in the minute after that: {rate:0.0}");
        Assert.InRange(rate, 9, 10.2);
    }

    [Fact, Trait("Seeds", "P-18+"), Trait("Seeds", "P-4")]
    public void Every_gap_from_start_to_start_is_at_least_the_delay_in_force()
    {
        var lastAt = double.NegativeInfinity;
        var starts = 0;
        new DomainModel(new SiteModel(2, 5), S, 3, jitter: true)
        {
            Watch = (t, pace, _) =>
            {
                // A delay that became shorter meanwhile applies from the next gap on.
                Assert.True(t - lastAt >= pace.Delay.TotalSeconds - 1e-6, $"at {t}");
                lastAt = t;
                starts++;
            },
        }.Run(500);
        Assert.True(starts > 500);
    }

    private void Settles(int seeds, string which, double rate, Func<int, DomainModel> model)
    {
        var run = Mean(seeds, seed => model(seed).Run((int)Math.Max(2000, 600 * rate)));
        var share = run.SettledRate / rate;
        Tell($"{which}: {share * 100:0.0} % of the rate, {run.SettledRefused * 100:0.00} % refused");
        Assert.True(share >= 0.90, $"{which}: only {share * 100:0.0} %");
        Assert.True(run.SettledRefused <= 0.01, $"{which}: {run.SettledRefused * 100:0.00} % refused");
    }

    private static TimeSpan Late(Random chance) => TimeSpan.FromMilliseconds(0.5 + chance.NextDouble());

    private static DomainModel Model(double rate, double burst, int seed) => new(new SiteModel(rate, burst), S, seed, jitter: true);

    private static ModelRun Mean(int seeds, Func<int, ModelRun> run)
    {
        var runs = Enumerable.Range(1, seeds).Select(run).ToList();
        return new ModelRun(
            runs.Average(r => r.Seconds), runs.Average(r => r.Refused), runs.Average(r => r.SettledRate), runs.Average(r => r.SettledRefused),
            runs.Max(r => r.FirstSecond), runs.Sum(r => r.HardFailed), runs[0].Left);
    }

    private void Tell(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
