using System.Globalization;
using Amble.Behaviours.Crawl;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>
/// A thousand modelled domains, each with a rate from 0.5 to 20 a second and a burst from 1 to 20 of its own, and each with another rate from
/// the middle on: settled before and after, told nothing (P-11+).
/// </summary>
[Trait("Seeds", "P-11+")]
public sealed class LongSettlingSpecs(ITestOutputHelper output)
{
    private const int Domains = 1_000;

    // A refused probe waits for up to 16 minutes and then has to stand as long; the climb that follows takes minutes.
    private const double SettlesWithin = 40 * 60;

    // A thousand pages, as before the change; 20 minutes where these are sooner over.
    private static double MeasuredFor(double rate) => Math.Max(1_000 / rate, 20 * 60);

    [Fact, Trait("Run", "Long")]
    public void A_thousand_domains_settle_and_settle_again_when_their_rate_changes()
    {
        var settled = new Settled[Domains];
        Parallel.For(0, Domains, number => settled[number] = Run(number));
        Judge("before the change", settled.Select(one => one.Before).ToList());
        Judge("after it", settled.Select(one => one.After).ToList());
    }

    private static Settled Run(int number)
    {
        var chance = new Random(number);
        var (first, second, burst) = (RateOf(chance), RateOf(chance), chance.Next(1, 21));
        // Second half of max(2,000, 600 times R) pages, in the seconds that these take.
        var change = Math.Max(2_000, 600 * first) / first;
        var (before, after) = (new Window(first, change / 2, change), new Window(second, change + SettlesWithin, change + SettlesWithin + MeasuredFor(second)));
        new DomainModel(new SiteModel(first, burst), PaceSettings.Default, number, jitter: true)
        {
            RateAt = t => t < change ? first : second,
            Watch = (t, _, refused) => { before.Saw(t, refused); after.Saw(t, refused); },
        }.Run(int.MaxValue - 1, after.To);
        return new Settled(before, after);
    }

    // As many small rates as large ones.
    private static double RateOf(Random chance) => 0.5 * Math.Pow(40, chance.NextDouble());

    private void Judge(string when, List<Window> windows)
    {
        var shares = windows.Select(w => w.Share).Order().ToList();
        var refused = windows.Select(w => w.Refused).Order().ToList();
        var (slow, pushy) = (shares.Count(share => share < 0.9), refused.Count(share => share > 0.01));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"told: {Domains} modelled domains, {when}: {shares.Average() * 100:0.0} % of what they allow ({slow} under 90 %, least {shares[0] * 100:0.0}), {refused.Average() * 100:0.00} % refused ({pushy} over 1 %, most {refused[^1] * 100:0.00})"));
        Assert.InRange(shares.Average(), 0.95, 1.01);
        Assert.InRange(refused.Average(), 0, 0.005);
        // The promise is for the mean of many runs; each of these has met its own luck with its bucket.
        Assert.InRange(slow, 0, Domains / 50);
        Assert.InRange(pushy, 0, Domains / 50);
        Assert.InRange(shares[0], 0.85, 1);
        Assert.InRange(refused[^1], 0, 0.015);
    }

    private sealed record Settled(Window Before, Window After);

    /// <summary>What was asked between two seconds of a run.</summary>
    private sealed class Window(double rate, double from, double to)
    {
        private int _asked;
        private int _refused;

        public double To => to;
        public double Share => (_asked - _refused) / (to - from) / rate;
        public double Refused => _refused / (double)_asked;

        public void Saw(double at, bool refused)
        {
            if (at < from || at >= to) return;
            _asked++;
            if (refused) _refused++;
        }
    }
}
