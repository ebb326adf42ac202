using System.Text.Json;

namespace Amble.Benchmarks;

/// <summary>What a frontier costs that is a hundred times as large: in memory, and for the next window of work; each in a process of its own.</summary>
internal static class Frontier
{
    private const int Small = 10_000;
    private const int Large = 1_000_000;
    private const int Visits = 60_000;
    private const double MostGrowth = 1.2;
    private const double MostWait = 5;

    private static readonly (string Name, int Domains, int Jobs)[] _shapes = [("1 job", 1, 1), ("10 domains, 2 jobs on each", 10, 2)];

    public static async Task RunAsync(BenchmarkOptions options)
    {
        Console.WriteLine($"frontier: {Small:N0} and {Large:N0} open URLs, then {Visits:N0} pages crawled, {options.Rounds} rounds, {Environment.ProcessorCount} cores");
        var table = new Table(
            "", "open URLs", "RSS when all are listed, MB", "RSS at the end, MB", "peak RSS, MB", "window reads", "p50, ms", "p99, ms", "longest, ms", "computing: p50, ms", "p99, ms", "listed / s", "pages / s", "longest turn, ms");
        foreach (var (name, domains, jobs) in _shapes)
        {
            var (small, large) = (new Row(), new Row());
            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var isLarge in round % 2 == 0 ? (bool[])[false, true] : [true, false])
                    (isLarge ? large : small).Add(await NodeAsync(isLarge ? Large : Small, domains, jobs));
            }
            small.Write(table, name);
            large.Write(table, name);
            var growth = Math.Max(large.Resident.Median / small.Resident.Median, large.Peak.Median / small.Peak.Median);
            Console.WriteLine(
                $"{name}: RSS × {Figures.Written(growth, "0.00")}, target {MostGrowth} {(growth <= MostGrowth ? "reached" : "MISSED")}; " +
                $"p99 of a window read {Figures.Written(large.P99.Median, "0.0")} ms, target {MostWait} {(large.P99.Median < MostWait ? "reached" : "MISSED")}.");
        }
        table.Write(Console.Out);
    }

    private static async Task<(FrontierNode.Held Held, Needed Needed)> NodeAsync(int open, int domains, int jobs)
    {
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        try
        {
            var (output, needed) = await ChildProcess.RunAsync(ChildProcess.Self, FrontierNode.Word, directory.FullName, $"{open}", $"{domains}", $"{jobs}", $"{Visits}");
            return (JsonSerializer.Deserialize<FrontierNode.Held>(output)!, needed);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private sealed class Row
    {
        private readonly Figures _open = new();
        private readonly Figures _filled = new();
        private readonly Figures _reads = new();
        private readonly Figures _median = new();
        private readonly Figures _longest = new();
        private readonly Figures _computing = new();
        private readonly Figures _computingP99 = new();
        private readonly Figures _listed = new();
        private readonly Figures _pages = new();
        private readonly Figures _turn = new();

        public Figures Resident { get; } = new();

        public Figures Peak { get; } = new();

        public Figures P99 { get; } = new();

        public void Add((FrontierNode.Held Held, Needed Needed) told)
        {
            _open.Add(told.Held.Open);
            _filled.Add(told.Held.Filled);
            Resident.Add(told.Held.Resident);
            Peak.Add(told.Needed.PeakMegabytes);
            _reads.Add(told.Held.Reads);
            _median.Add(told.Held.Median);
            P99.Add(told.Held.P99);
            _longest.Add(told.Held.Longest);
            _computing.Add(told.Held.Computing);
            _computingP99.Add(told.Held.ComputingP99);
            _listed.Add(told.Held.UrlsPerSecond);
            _pages.Add(told.Held.PagesPerSecond);
            _turn.Add(told.Held.LongestTurn);
        }

        public void Write(Table table, string name) => table.Add(
            name, Figures.Written(_open.Median, "N0"), _filled.Text("N0"), Resident.Text("N0"), Peak.Text("N0"), Figures.Written(_reads.Median, "N0"), _median.Text("0.00"), P99.Text("0.0"),
            _longest.Text("0"), _computing.Text("0.00"), _computingP99.Text("0.0"), _listed.Text("N0"), _pages.Text("N0"), _turn.Text("0"));
    }
}
