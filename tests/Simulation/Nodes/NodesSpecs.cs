using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>Several nodes with one store: they die, freeze, are cut off, hand over, and the writer is followed by another (S-5).</summary>
public sealed class NodesSpecs(ITestOutputHelper output)
{
    private const int AtLeast = 60;

    [Fact]
    [Trait("Seeds", "P-16+")]
    [Trait("Seeds", "S-1")]
    [Trait("Seeds", "S-4")]
    [Trait("Seeds", "S-5")]
    public void Whatever_befalls_them_no_two_nodes_ask_one_domain_at_once_and_nothing_is_lost()
    {
        var budget = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("AMBLE_LONG") == "1" ? 300 : 10);
        var first = int.TryParse(Environment.GetEnvironmentVariable("AMBLE_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 1;
        var failures = new ConcurrentBag<string>();
        long lives = 0, troubles = 0, moves = 0, refused = 0;
        var watch = Stopwatch.StartNew();
        var next = first - 1;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (failures.IsEmpty && (watch.Elapsed < budget || Interlocked.Read(ref lives) < AtLeast))
            {
                using var life = new NodesLife(NodesPlan.Draw(Interlocked.Increment(ref next)));
                life.Live();
                var wrong = NodesJudge.Judge(life);
                if (wrong.Count > 0) failures.Add($"life {life.Plan.Seed} of {life.Plan.Ahead.Count} nodes (AMBLE_SEED={life.Plan.Seed} replays it): {string.Join("\n  ", wrong.Take(10))}");
                Interlocked.Increment(ref lives);
                Interlocked.Add(ref troubles, life.Plan.Troubles.Count);
                Interlocked.Add(ref moves, life.Leases.Moves);
                Interlocked.Add(ref refused, life.Writers.Refused);
            }
        });
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"told: several nodes: {lives} lives from seed {first} with {troubles} troubles, {moves} moved domains and {refused} turns refused to a writer that was followed, in {watch.Elapsed.TotalSeconds:F0} s"));
        Assert.True(failures.IsEmpty, string.Join("\n", failures));
        Assert.InRange(moves, lives / 2, long.MaxValue);
        Assert.InRange(refused, lives / 20, long.MaxValue);
    }

    [Theory]
    [InlineData(Omission.LookAtTheLease)]
    [InlineData(Omission.WaitForTheFormerLease)]
    [InlineData(Omission.TheWritersEpoch)]
    public void What_is_left_out_on_purpose_is_found(Omission omission)
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            using var life = new NodesLife(NodesPlan.Draw(seed), omission);
            life.Live();
            if (NodesJudge.Judge(life) is { Count: > 0 } found)
            {
                output.WriteLine($"Without {omission}, life {seed}: {found[0]}");
                return;
            }
        }
        Assert.Fail($"Without {omission} the judge found nothing wrong in 100 lives.");
    }
}
