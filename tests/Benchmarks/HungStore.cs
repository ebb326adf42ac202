using System.Diagnostics;
using System.Net;
using Amble.App;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Messages;
using Microsoft.Data.Sqlite;

namespace Amble.Benchmarks;

/// <summary>
/// How long pages take while nothing can be stored: another connection holds the write lock, so the access log waits and fills. Rounds
/// of running, hung and running again take turns; the two running ones are the control.
/// </summary>
internal static class HungStore
{
    private const int Rounds = 10;
    private const int Views = 400;
    private const double MostRatio = 1.1;

    public static async Task RunAsync(BenchmarkOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        await using (var node = Wiring.OpenNode(LargeJob.Node(directory.FullName)))
        {
            var settings = SettingsReader.Read(null, [], new Dictionary<string, string> { ["--data"] = directory.FullName }).Settings;
            await using var server = NodeServer.Build(new ServeNode(node, settings, new TokenFile(directory.FullName)), [new IPEndPoint(IPAddress.Loopback, 0)], socket: null);
            await server.StartAsync();
            node.AccessLog.Start([]);
            await node.Runtime.CreateAsync(new NewJob(PageUrl.FromStored("http://a.test/"), JobLimits.None, 1, Unpaced: false, Warm: false), CancellationToken.None);
            using var http = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
            var table = new Table("page", "p99 running, ms", "p99 hung, ms", "hung / running", "running / running (control)", $"within {MostRatio} of the control");
            foreach (var path in (string[])["/bot", "/jobs/1"]) await AddAsync(table, path, directory.FullName, http);
            table.Write(Console.Out);
            Console.WriteLine($"the log at its end: {node.AccessLog.View.Counts}");
        }
        directory.Delete(recursive: true);
    }

    private static async Task AddAsync(Table table, string path, string directory, HttpClient http)
    {
        var (first, hung, second) = (new Figures(), new Figures(), new Figures());
        await ViewAsync(http, path);
        for (var round = 0; round < Rounds; round++)
        {
            first.Add(await ViewAsync(http, path));
            using (Hold(directory)) hung.Add(await ViewAsync(http, path));
            second.Add(await ViewAsync(http, path));
        }
        var (ratio, control) = (hung.Median / first.Median, Math.Max(first.Median / second.Median, second.Median / first.Median));
        table.Add(path, first.Text("0.00"), hung.Text("0.00"), Figures.Written(ratio, "0.00"), Figures.Written(control, "0.00"), ratio <= control * MostRatio ? "yes" : "NO");
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

    private static SqliteConnection Hold(string directory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "amble.db")};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return connection;
    }
}
