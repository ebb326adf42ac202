using Amble.App.Sql.Postgres;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Writing;
using Amble.Host.Specs.Sql.Postgres;
using Amble.Local;
using Amble.Local.Intake;
using Amble.Messages;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>The access log on a PostgreSQL server that is killed again and again: every hit is there once, or told as missing.</summary>
[Collection(LongRuns.Name), Trait("Run", "Long"), Trait("Needs", "PostgreSQL")]
public sealed class LongAccessLogChaosSpecs(ITestOutputHelper output)
{
    private const int Kills = 200;

    [Fact, Trait("Seeds", "A-7+"), Trait("Seeds", "A-8+")]
    public async Task Two_hundred_kills_of_the_database_lose_nothing_uncounted_and_store_nothing_twice()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        await using var postgres = await PostgresServer.StartAsync(isDurable: true);
        using var store = PostgresStore.Open(postgres.Connection, Stored.Unpack, null, "a spec");
        var scheduler = new PoolScheduler(TimeProvider.System);
        var writer = new LocalWriter(scheduler, store.Writes, WriterQueueSettings.Default);
        var log = new HitLog(writer, new HitSource(Guid.NewGuid(), "here", scheduler.Now), write =>
        {
            // So small that a server which is away for a while fills it.
            var intake = new LocalIntake<Hit>(scheduler, AccessLogSettings.Default with { BatchMost = 1_024, Entries = 2_048 }, HitLog.Items, write, Random.Shared.NextDouble);
            return (intake, intake.Start);
        });
        log.Start([]);
        using var stop = new CancellationTokenSource();
        var offering = OfferAsync(log, stop.Token);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(chance.Next(20, 500));
            postgres.Kill();
            await Task.Delay(chance.Next(0, 300));
            await postgres.StartAsync();
        }
        await stop.CancelAsync();
        var offered = await offering;
        Assert.Empty(await log.DrainAsync(TimeSpan.FromMinutes(2)));

        var counts = log.View.Counts;
        output.WriteLine($"told: {Kills} kills of PostgreSQL, seed {seed}: {counts}, {log.View.Gaps} gap rows");
        Assert.Equal((offered, 0, 0, 0), (counts.Offered, counts.InFlight, counts.DroppedPoison, counts.DroppedDeadline));
        var (rows, distinct) = Count(postgres);
        Assert.Equal((counts.Written, counts.Written), (rows, distinct));
        Assert.Equal(counts.Written, store.Reads.ReadViews("/jobs/1").People);
        Assert.Equal(counts.DroppedFull, store.Reads.ReadGaps(1_000_000).Sum(told => told.Gap.Count));
        Assert.Empty(store.CheckConsistency());
    }

    private static async Task<long> OfferAsync(HitLog log, CancellationToken stop)
    {
        var number = 0L;
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!stop.IsCancellationRequested)
        {
            for (var i = 0; i < 20; i++)
                log.Offer(new Hit(DateTimeOffset.UtcNow, "GET", "/jobs/1", HitKind.Job, 200, ++number, TimeSpan.FromMilliseconds(3), false, "192.0.2.0/24", AgentClass.Browser));
            await rounds.WaitForNextTickAsync(CancellationToken.None);
        }
        return number;
    }

    private static (long Rows, long Distinct) Count(PostgresServer postgres)
    {
        using var connection = new NpgsqlConnection(postgres.Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("SELECT count(*), count(DISTINCT bytes) FROM hits", connection);
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
