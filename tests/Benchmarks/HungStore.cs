using System.Diagnostics;
using System.Net;
using Amble.App;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.App.Sql.Postgres;
using Amble.Messages;
using Microsoft.Data.Sqlite;

namespace Amble.Benchmarks;

/// <summary>
/// How long pages take while nothing can be stored: another connection holds the writer's lock, so the access log waits and fills. Rounds
/// of running, hung and running again take turns; the two running ones are the control.
/// </summary>
internal static class HungStore
{
    private const int Rounds = 10;
    private const int Views = 400;
    private const double MostRatio = 1.1;

    public static async Task RunAsync(BenchmarkOptions options)
    {
        var table = new Table("store", "page", "p99 running, ms", "p99 hung, ms", "hung / running", "running / running (control)", $"within {MostRatio} of the control");
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-").FullName;
        await OnAsync("SQLite", LargeJob.Node(directory), () => HoldSqlite(directory), table);
        if (options.Postgres is { } connection)
        {
            using (var database = new PostgresDatabase(PostgresConnections.For(connection))) database.Execute("DROP SCHEMA IF EXISTS benchmark CASCADE");
            await OnAsync("PostgreSQL", LargeJob.Node(directory) with { Postgres = connection }, () => HoldPostgres(connection), table);
        }
        Directory.Delete(directory, recursive: true);
        table.Write(Console.Out);
    }

    private static async Task OnAsync(string engine, NodeSettings opened, Func<IDisposable> hold, Table table)
    {
        await using var node = Wiring.OpenNode(opened);
        var settings = SettingsReader.Read(null, [KeyValuePair.Create("AMBLE_LIMITER__PERSECOND", "0")], new Dictionary<string, string> { ["--data"] = opened.Directory }).Settings;
        await using var server = NodeServer.Build(new ServeNode(node, settings, new TokenFile(opened.Directory)), [new IPEndPoint(IPAddress.Loopback, 0)], socket: null);
        await server.StartAsync();
        node.AccessLog.Start([]);
        await node.Runtime.CreateAsync(new NewJob(PageUrl.FromStored("http://a.test/"), JobLimits.None, 1, Unpaced: false, Warm: false), CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
        foreach (var path in (string[])["/bot", "/jobs/1"]) await AddAsync(table, engine, path, hold, http);
        Console.WriteLine($"the log on {engine} at its end: {node.AccessLog.View.Counts}");
    }

    private static async Task AddAsync(Table table, string engine, string path, Func<IDisposable> hold, HttpClient http)
    {
        var (first, hung, second) = (new Figures(), new Figures(), new Figures());
        await ViewAsync(http, path);
        for (var round = 0; round < Rounds; round++)
        {
            first.Add(await ViewAsync(http, path));
            using (hold()) hung.Add(await ViewAsync(http, path));
            second.Add(await ViewAsync(http, path));
        }
        var (ratio, control) = (hung.Median / first.Median, Math.Max(first.Median / second.Median, second.Median / first.Median));
        table.Add(engine, path, first.Text("0.00"), hung.Text("0.00"), Figures.Written(ratio, "0.00"), Figures.Written(control, "0.00"), ratio <= control * MostRatio ? "yes" : "NO");
    }

    /// <returns>The 99th percentile of a round, in milliseconds.</returns>
    private static async Task<double> ViewAsync(HttpClient http, string path)
    {
        var took = new Figures();
        for (var view = 0; view < Views; view++)
        {
            var began = Stopwatch.GetTimestamp();
            await http.GetStringAsync(path);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return took.Share(0.99);
    }

    private static SqliteConnection HoldSqlite(string directory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "amble.db")};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return connection;
    }

    private static PostgresDatabase HoldPostgres(string connection)
    {
        var database = new PostgresDatabase(PostgresConnections.For(connection));
        database.Execute("BEGIN; SELECT 1 FROM writer FOR UPDATE");
        return database;
    }
}
