using System.Text.Json;

namespace Amble.Benchmarks;

/// <summary>What a domain costs that is known and not being asked: in a store that is opened, and after each was woken once and went to sleep.</summary>
internal static class IdleDomains
{
    private const int Domains = 100_000;
    private const double MostBytes = 2_048;

    public static async Task RunAsync(BenchmarkOptions options)
    {
        Console.WriteLine($"idle-domains: {Domains:N0} domains, none active, one process, {options.Rounds} rounds");
        var (stored, slept) = (new Row(), new Row());
        for (var round = 0; round < options.Rounds; round++)
        {
            var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
            var (empty, full, worked) = (Path.Combine(directory.FullName, "empty"), Path.Combine(directory.FullName, "full"), Path.Combine(directory.FullName, "worked"));
            await NodeAsync(IdleNode.Fill, full);
            stored.Add((await NodeAsync(IdleNode.Open, empty))[0], (await NodeAsync(IdleNode.Open, full))[0]);
            var told = await NodeAsync(IdleNode.Wake, worked);
            slept.Add(told[0], told[1]);
            directory.Delete(recursive: true);
        }
        var table = new Table("", "RSS before, MB", "RSS after, MB", "bytes / domain (RSS)", "bytes / domain (managed heap)");
        stored.Write(table, "known to the store");
        slept.Write(table, "woken once, asleep again");
        table.Write(Console.Out);
        var most = Math.Max(Math.Max(stored.Resident.Median, slept.Resident.Median), Math.Max(stored.Heap.Median, slept.Heap.Median));
        Console.WriteLine($"At most {Figures.Written(most, "N0")} bytes an idle domain; target {MostBytes:N0} {(most <= MostBytes ? "reached" : "MISSED")}.");
        Console.WriteLine();
    }

    private static async Task<IReadOnlyList<IdleNode.Held>> NodeAsync(string what, string directory)
    {
        var (output, _) = await ChildProcess.RunAsync(ChildProcess.Self, IdleNode.Word, what, directory, $"{Domains}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<IdleNode.Held>(line)!)];
    }

    private sealed class Row
    {
        private readonly Figures _before = new();
        private readonly Figures _after = new();

        public Figures Resident { get; } = new();

        public Figures Heap { get; } = new();

        public void Add(IdleNode.Held before, IdleNode.Held after)
        {
            _before.Add(before.Resident / (1 << 20));
            _after.Add(after.Resident / (1 << 20));
            Resident.Add((after.Resident - before.Resident) / Domains);
            Heap.Add((after.Heap - before.Heap) / Domains);
        }

        public void Write(Table table, string name) =>
            table.Add(name, Figures.Written(_before.Median, "N0"), Figures.Written(_after.Median, "N0"), Resident.Text("N0"), Heap.Text("N0"));
    }
}
