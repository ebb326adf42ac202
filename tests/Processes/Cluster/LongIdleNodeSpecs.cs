using System.Globalization;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs.Cluster;

/// <summary>A cluster that knows many domains and has nothing to do costs next to nothing.</summary>
[Trait("Needs", "PostgreSQL")]
[Collection(LongRuns.Name)]
public sealed class LongIdleNodeSpecs(ITestOutputHelper output)
{
    private const int Known = 100_000;
    private const double MostOfACore = 0.03;
    private const long MostMemory = 500L << 20;
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(60);

    [Fact, Trait("Run", "Long")]
    public async Task An_idle_node_that_knows_100_000_domains_needs_less_than_3_percent_of_a_core()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(3, Ports.Free());
        await using (var database = new NpgsqlConnection(cluster.Postgres.Connection + ";Pooling=false;Search Path=amble"))
        {
            await database.OpenAsync();
            await using var learned = new NpgsqlCommand($"INSERT INTO domains (name, delay_us, last_good_at) SELECT 'site-' || n || '.test', 1000000, 1 FROM generate_series(1, {Known}) n", database);
            await learned.ExecuteNonQueryAsync();
        }
        await WaitAsync(_settled);
        var before = cluster.Nodes.Select(node => ProcessCost.Of(node.Id)).ToList();
        await WaitAsync(_measured);
        var after = cluster.Nodes.Select(node => ProcessCost.Of(node.Id)).ToList();

        var shares = before.Zip(after, (one, two) => (two.Cpu - one.Cpu) / _measured).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"told: {Known} known domains, none active, three nodes, load {ProcessCost.Load}: {string.Join(", ", shares.Select(share => $"{100 * share:0.0} %"))} of a core, {string.Join(", ", after.Select(node => $"{node.Memory >> 20} MB"))}"));
        Assert.All(after, node => Assert.True(node.Memory < MostMemory));
        Assert.All(shares, share => Assert.True(share < MostOfACore, $"An idle node needed {share:0.000} of a core."));
    }

    private static async Task WaitAsync(TimeSpan span)
    {
        using var clock = new PeriodicTimer(span);
        await clock.WaitForNextTickAsync();
    }
}
