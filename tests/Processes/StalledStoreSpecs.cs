using System.Diagnostics;
using Amble.Messages;
using Amble.ScriptedSites;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>A store that takes nothing for ten seconds: another connection holds the write lock while the crawl runs as fast as it can.</summary>
public sealed class StalledStoreSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Pages = 1_500;
    private const int Concurrency = 8;
    private const long MostMemory = 250L << 20;
    private static readonly TimeSpan _stall = TimeSpan.FromSeconds(10);

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Seeds", "S-3")]
    public async Task A_stalled_disk_pauses_the_crawl_and_loses_nothing()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", $"{Pages}", "--latency-ms", "20");
        await using var crawl = AmbleProcess.Start(
            "crawl", site.UrlByAddress(), "--allow-private", "--unpaced", "--concurrency", $"{Concurrency}", "--data", _place.Folder);
        await Until.TrueAsync("the first hundred pages", async () => (await site.StatsOfAsync(1)).Covered >= 100);

        var most = 0L;
        using (var other = _place.Connect())
        {
            Run(other, "BEGIN IMMEDIATE");
            var stored = Ask(other, "SELECT count(*) FROM visits");
            Assert.NotEqual(0L, Ask(other, "SELECT pending FROM jobs"));
            var begunAt = Stopwatch.GetTimestamp();
            using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            do
            {
                var asked = (await site.LogAsync()).Select(request => request.Path).Where(path => path is not ("/robots.txt" or "/sitemap.xml")).Distinct().Count();
                most = Math.Max(most, asked - stored);
                // The credit is what may be in hand: from a request's start to the commit of its visit.
                Assert.InRange(asked - stored, 0, 2 * Concurrency);
                await rounds.WaitForNextTickAsync();
            }
            while (Stopwatch.GetElapsedTime(begunAt) < _stall);
            Assert.Equal(stored, Ask(other, "SELECT count(*) FROM visits"));
            Run(other, "ROLLBACK");
        }

        long? memory = null;
        await Until.TrueAsync("the crawl's end", () =>
        {
            memory = crawl.PeakMemory ?? memory;
            return crawl.HasEnded;
        });
        (await crawl.EndAsync()).AssertCode(0);
        output.WriteLine($"told: disk stalled for {_stall.TotalSeconds:0} s: {most} pages in hand at most (credit {2 * Concurrency}), peak memory {memory >> 20} MB");
        Assert.InRange(memory ?? 0, 0, MostMemory);
        var end = _place.Look();
        Assert.Empty(end.Contradictions);
        Assert.Equal((JobState.Completed, (long)Pages), (end.Job.State, end.Job.Counts.Ok));
        var stats = await site.StatsOfAsync(1);
        Assert.Equal((Pages, 0, 0), (stats.Covered, stats.FetchedTwice, stats.Throttled));
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
