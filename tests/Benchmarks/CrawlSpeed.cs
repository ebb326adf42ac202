using System.Text.Json;
using Amble.ScriptedSites;
using Npgsql;

namespace Amble.Benchmarks;

/// <summary>
/// Amble without a pace, every visit durable, against the bare loop: both as processes of their own, with as many requests in flight, on the
/// same site, in turns. Amble's time is its summary's <c>seconds</c>, from the first request to the end of the last.
/// </summary>
internal static class CrawlSpeed
{
    public static async Task RunAsync(CrawlSize size, BenchmarkOptions options)
    {
        Console.WriteLine($"{size.Name}: {size.Domains} × {size.Pages} pages, {options.Concurrency} in flight, {options.Rounds} rounds, {Environment.ProcessorCount} cores");
        await using var site = await SiteProcess.StartAsync(size, options);
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        try
        {
            var race = new Race(size, options, site, directory.FullName);
            await race.RunAsync();
            race.Write(Console.Out);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private sealed class Race(CrawlSize size, BenchmarkOptions options, SiteProcess site, string directory)
    {
        private readonly Runner[] _runners =
            [new("bare loop"), new("Amble"), new("only fetched"), .. options.Postgres is null ? Array.Empty<Runner>() : [new Runner("Amble on PostgreSQL")]];
        private readonly Figures _postgresRatio = new();
        private readonly Figures _ratio = new();
        private readonly Figures _siteCpu = new();

        private string Seeds => Path.Combine(directory, "seeds.txt");

        private string All => Path.Combine(directory, "all.txt");

        public async Task RunAsync()
        {
            File.WriteAllLines(Seeds, site.Starts(size));
            File.WriteAllLines(All, site.Starts(size).SelectMany(start => Enumerable.Range(0, size.Pages).Select(page => start + SitePlan.PathOf(page)[1..])));
            // A site that has just started is slow, whoever comes first.
            await BareAsync(All, "fetch");
            for (var round = 0; round < options.Rounds; round++)
            {
                for (var turn = 0; turn < _runners.Length; turn++)
                {
                    await MeasureAsync((round + turn) % _runners.Length);
                }
                _ratio.Add(_runners[1].Speed.Last / _runners[0].Speed.Last);
                if (options.Postgres is not null) _postgresRatio.Add(_runners[3].Speed.Last / _runners[1].Speed.Last);
            }
        }

        public void Write(TextWriter to)
        {
            var table = new Table("", "pages/s", "ratio", "CPU s / 1,000 pages", "peak RSS, MB");
            foreach (var runner in _runners)
            {
                table.Add(
                    runner.Name, runner.Speed.Text("N0"), runner == _runners[1] ? _ratio.Text("0.00") : Figures.Written(runner.Speed.Median / _runners[0].Speed.Median, "0.00"),
                    runner.Cpu.Text("0.00"), Figures.Written(runner.Peak.Most, "N0"));
            }
            table.Write(to);
            to.WriteLine($"The site itself used {_siteCpu.Text("0.000")} CPU s for 1,000 pages.");
            var fast = size.Target == 0 ? "no target" : _ratio.Median >= size.Target ? $"target {Figures.Written(size.Target, "0.0")} reached" : $"TARGET {Figures.Written(size.Target, "0.0")} MISSED";
            var small = _runners[1].Peak.Most <= CrawlSize.MostMegabytes ? "reached" : "MISSED";
            to.WriteLine($"Amble / bare loop: {_ratio.Text("0.00")}, {fast}; memory at most {CrawlSize.MostMegabytes} MB: {small}.");
            if (options.Postgres is not null) to.WriteLine($"Amble on PostgreSQL / Amble on SQLite: {_postgresRatio.Text("0.00")}.");
            to.WriteLine();
        }

        private async Task MeasureAsync(int which)
        {
            var runner = _runners[which];
            await site.ClearAsync();
            var siteBefore = site.CpuSeconds;
            var (seconds, needed) = which switch
            {
                0 => await BareAsync(Seeds, "parse"),
                1 => await AmbleAsync("--data", Path.Combine(directory, "data")),
                3 => await AmbleOnPostgresAsync(options.Postgres!),
                _ => await BareAsync(All, "fetch"),
            };
            _siteCpu.Add((site.CpuSeconds - siteBefore) / size.AllPages * 1000);
            if (await site.FaultAsync(size) is { } fault)
            {
                throw new InvalidOperationException($"{runner.Name}: {fault}.");
            }
            runner.Speed.Add(size.AllPages / seconds);
            runner.Cpu.Add(needed.CpuSeconds / size.AllPages * 1000);
            runner.Peak.Add(needed.PeakMegabytes);
        }

        private async Task<(double Seconds, Needed Needed)> BareAsync(string urls, string how)
        {
            var (output, needed) = await ChildProcess.RunAsync(ChildProcess.Self, BareLoop.Word, $"{site.Port}", $"{options.Concurrency}", urls, how);
            return (JsonSerializer.Deserialize<BareLoop.Outcome>(output)!.Seconds, needed);
        }

        private async Task<(double Seconds, Needed Needed)> AmbleOnPostgresAsync(string connection)
        {
            await using var database = new NpgsqlConnection(connection);
            await database.OpenAsync();
            await using var drop = new NpgsqlCommand("DROP SCHEMA IF EXISTS benchmark CASCADE", database);
            await drop.ExecuteNonQueryAsync();
            return await AmbleAsync("--postgres", connection);
        }

        private async Task<(double Seconds, Needed Needed)> AmbleAsync(string where, string store)
        {
            var (output, needed) = await ChildProcess.RunAsync(
                ChildProcess.Amble, "crawl", "--seeds", Seeds, "--connect-to", $"127.0.0.1:{site.Port}", "--allow-private", "--unpaced",
                "--concurrency", $"{options.Concurrency}", where, store, "--json", "-");
            if (Directory.Exists(store)) Directory.Delete(store, recursive: true);
            using var summary = JsonDocument.Parse(output);
            var ok = summary.RootElement.GetProperty("ok").GetInt64();
            return ok == size.AllPages
                ? (summary.RootElement.GetProperty("seconds").GetDouble(), needed)
                : throw new InvalidOperationException($"Amble: {ok} of {size.AllPages} pages are stored as ok.");
        }
    }

    private sealed record Runner(string Name)
    {
        public Figures Speed { get; } = new();
        public Figures Cpu { get; } = new();
        public Figures Peak { get; } = new();
    }
}
