using System.Text.Json;
using Npgsql;

namespace Amble.Benchmarks;

/// <summary>
/// A cluster of one node against the one-process runtime, on the same PostgreSQL, without a pace and in turns: what the actors, the journal
/// and the link to the writer cost.
/// </summary>
internal static class Runtimes
{
    private const double Target = 0.6;

    private static readonly string[] _names = ["local", "cluster"];

    public static async Task RunAsync(BenchmarkOptions options)
    {
        if (options.Postgres is not { } postgres)
        {
            Console.WriteLine("runtimes: left out, as it needs --postgres CONN.");
            return;
        }
        var size = CrawlSize.All[0];
        Console.WriteLine($"runtimes: {size.Domains} × {size.Pages} pages on PostgreSQL, {options.Concurrency} in flight, {options.Rounds} rounds, {Environment.ProcessorCount} cores");
        await using var site = await SiteProcess.StartAsync(size, options);
        var speed = _names.ToDictionary(name => name, _ => new Figures());
        var peak = _names.ToDictionary(name => name, _ => new Figures());
        var ratio = new Figures();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var name in round % 2 == 0 ? _names : [.. _names.Reverse()])
            {
                await site.ClearAsync();
                await ForgetAsync(postgres);
                var (output, needed) = await ChildProcess.RunAsync(ChildProcess.Self, RuntimeNode.Word, name, $"{site.Port}", site.Starts(size).First(), $"{options.Concurrency}", postgres);
                var outcome = JsonSerializer.Deserialize<RuntimeNode.Outcome>(output)!;
                if (outcome.Ok != size.AllPages) throw new InvalidOperationException($"{name}: {outcome.Ok} of {size.AllPages} pages are stored as ok.");
                speed[name].Add(size.AllPages / outcome.Seconds);
                peak[name].Add(needed.PeakMegabytes);
            }
            ratio.Add(speed["cluster"].Last / speed["local"].Last);
        }
        var table = new Table("", "pages/s", "peak RSS, MB");
        foreach (var name in _names) table.Add(name, speed[name].Text("N0"), Figures.Written(peak[name].Most, "N0"));
        table.Write(Console.Out);
        Console.WriteLine($"Cluster of one / local: {ratio.Text("0.00")}, target {Figures.Written(Target, "0.0")} {(ratio.Median >= Target ? "reached" : "MISSED")}.");
        Console.WriteLine();
    }

    private static async Task ForgetAsync(string connection)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var drop = new NpgsqlCommand("DROP SCHEMA IF EXISTS benchmark CASCADE", database);
        await drop.ExecuteNonQueryAsync();
    }
}
