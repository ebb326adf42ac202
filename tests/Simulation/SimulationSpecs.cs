using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Simulation.Specs;

public sealed class SimulationSpecs(ITestOutputHelper output)
{
    private static readonly bool _isLong = Environment.GetEnvironmentVariable("AMBLE_LONG") == "1";
    private static readonly int _atLeast = _isLong ? 1_000 : 500;

    [Fact]
    [Trait("Seeds", "D-6")]
    [Trait("Seeds", "P-3")]
    [Trait("Seeds", "P-7")]
    [Trait("Seeds", "P-9+")]
    [Trait("Seeds", "P-12+")]
    [Trait("Seeds", "P-13+")]
    [Trait("Seeds", "P-16+")]
    [Trait("Seeds", "P-17+")]
    [Trait("Seeds", "P-18+")]
    [Trait("Seeds", "R-1")]
    [Trait("Seeds", "R-4")]
    [Trait("Seeds", "S-1")]
    [Trait("Seeds", "S-3")]
    [Trait("Seeds", "S-4")]
    public void Every_random_life_ends_with_each_URL_in_one_terminal_state_and_the_pace_unbroken()
    {
        var budget = TimeSpan.FromSeconds(_isLong ? 600 : 17);
        var first = FirstSeed();
        var failures = new ConcurrentBag<string>();
        long lives = 0, steps = 0, ticks = 0, deaths = 0, atSteps = 0, stalls = 0, sitemaps = 0, seconds = 0, unchanged = 0, cards = 0;
        var watch = Stopwatch.StartNew();
        var next = first - 1;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (failures.IsEmpty && (watch.Elapsed < budget || Interlocked.Read(ref lives) < _atLeast))
            {
                using var life = new SimulatedLife(LifePlan.Draw(Interlocked.Increment(ref next)));
                life.Live();
                var wrong = LifeJudge.Judge(life);
                // Only now and then: it costs as much as the life.
                if (wrong.Count == 0 && life.Plan.Seed % 8 == 0) wrong = ExpiryJudge.Judge(life);
                if (wrong.Count > 0) failures.Add($"life {life.Plan.Seed} (AMBLE_SEED={life.Plan.Seed} replays it): {string.Join("\n  ", wrong.Take(10))}");
                Interlocked.Increment(ref lives);
                Interlocked.Add(ref sitemaps, life.SitemapsRead);
                Interlocked.Add(ref seconds, life.SecondVisits);
                Interlocked.Add(ref unchanged, life.NotModified);
                Interlocked.Add(ref cards, life.Cards);
                Interlocked.Add(ref steps, life.Steps);
                Interlocked.Add(ref ticks, life.Lived.Ticks);
                Interlocked.Add(ref deaths, life.Deaths);
                Interlocked.Add(ref atSteps, life.Record.DeathsAtSteps);
                if (life.Plan.Stall is not null) Interlocked.Increment(ref stalls);
            }
        });
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"told: simulation: {lives} lives from seed {first} with {deaths} deaths ({atSteps} at a job's end or retry) and {stalls} stalled disks, {steps} steps, {sitemaps} sitemaps read, {seconds} second visits, {unchanged} pages not modified, {cards} cards, {TimeSpan.FromTicks(ticks).TotalHours:F0} hours of virtual time, in {watch.Elapsed.TotalSeconds:F0} s"));
        Assert.True(failures.IsEmpty, string.Join("\n", failures));
        Assert.InRange(sitemaps, lives / 2, long.MaxValue);
        Assert.InRange(atSteps, lives / 20, long.MaxValue);
        Assert.InRange(seconds, lives, long.MaxValue);
        Assert.InRange(unchanged, lives / 4, long.MaxValue);
        Assert.InRange(cards, lives, long.MaxValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(21)]
    [InlineData(34)]
    public void One_seed_lived_twice_is_the_same_life_step_by_step(int seed)
    {
        var (once, twice) = (Fingerprint(seed), Fingerprint(seed));
        Assert.NotEmpty(once);
        Assert.Equal(once, twice);
    }

    private static string[] Fingerprint(int seed)
    {
        using var life = new SimulatedLife(LifePlan.Draw(seed));
        life.Live();
        return
        [
            $"{life.Steps} steps, {life.Lived}, {life.Record.Turns} turns, {life.Deaths} deaths",
            .. life.Plan.Sites.Values.SelectMany(site => site.Arrivals.Select(a => $"{site.Host} {a}")),
        ];
    }

    private static int FirstSeed() =>
        int.TryParse(Environment.GetEnvironmentVariable("AMBLE_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 1;
}
