using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Simulation.Specs;

public sealed class SimulationSpecs(ITestOutputHelper output)
{
    private const int AtLeast = 1_000;

    [Fact]
    [Trait("Seeds", "P-16+")]
    public void Every_random_life_ends_with_each_URL_in_one_terminal_state_and_the_pace_unbroken()
    {
        var budget = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("AMBLE_LONG") == "1" ? 600 : 60);
        var first = FirstSeed();
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        long lives = 0, steps = 0, ticks = 0, sitemaps = 0;
        var watch = Stopwatch.StartNew();
        var next = first - 1;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (failures.IsEmpty && (watch.Elapsed < budget || Interlocked.Read(ref lives) < AtLeast))
            {
                using var life = new SimulatedLife(LifePlan.Draw(Interlocked.Increment(ref next)));
                life.Live();
                var wrong = LifeJudge.Judge(life);
                if (wrong.Count > 0) failures.Add($"life {life.Plan.Seed} (AMBLE_SEED={life.Plan.Seed} replays it): {string.Join("\n  ", wrong.Take(10))}");
                Interlocked.Increment(ref lives);
                Interlocked.Add(ref sitemaps, life.SitemapsRead);
                Interlocked.Add(ref steps, life.Steps);
                Interlocked.Add(ref ticks, life.Lived.Ticks);
            }
        });
        Report(string.Create(CultureInfo.InvariantCulture, $"simulation: {lives} lives from seed {first}, {steps} steps, {sitemaps} sitemaps read, {TimeSpan.FromTicks(ticks).TotalHours:F0} hours of virtual time, in {watch.Elapsed.TotalSeconds:F0} s"));
        Assert.True(failures.IsEmpty, string.Join("\n", failures));
        Assert.InRange(sitemaps, lives / 2, long.MaxValue);
    }

    private static int FirstSeed() =>
        int.TryParse(Environment.GetEnvironmentVariable("AMBLE_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    private void Report(string line)
    {
        output.WriteLine("told: " + line);
    }
}
