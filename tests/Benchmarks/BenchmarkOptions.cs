using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Amble.App.Sql.Postgres;

namespace Amble.Benchmarks;

/// <summary>What is measured and how often.</summary>
/// <param name="Rounds">Each round measures everybody once, in an order that turns from round to round.</param>
/// <param name="Postgres">A database in whose schema "benchmark" crawls are measured, too; null measures none there.</param>
/// <param name="JudgeDll">The other test site's program; null takes the project's own scripted site.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Names, int Rounds, int Concurrency, string? JudgeDll, string? Postgres = null)
{
    /// <summary>How many expired visits are purged.</summary>
    public int Visits { get; init; } = 1_000_000;

    /// <summary>Of the ways to purge only those whose names have this in them; all of them have nothing.</summary>
    public string Way { get; init; } = "";

    private static readonly string[] Known = [.. CrawlSize.All.Select(size => size.Name), "idle-domains", "writer", "traps", "frontier", "result-page", "runtimes", "hits", "cards", "views", "carry-over", "purge", "start"];

    private const string Allowed = "--rounds N, --concurrency N, --visits N, --way TEXT (part of a way to purge, as the table names it), --postgres CONN and --judge FILE (the test site's dll)";

    public static bool TryRead(string[] words, [NotNullWhen(true)] out BenchmarkOptions? options, [NotNullWhen(false)] out string? problem)
    {
        options = null;
        var names = words.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        var read = new BenchmarkOptions(names is ["all"] ? Known : names, 3, 64, null);
        if (names.Count == 0 || read.Names.FirstOrDefault(name => !Known.Contains(name)) is not null)
        {
            problem = $"a benchmark's name is needed; there are {string.Join(", ", Known)} and all; then {Allowed}.";
            return false;
        }
        for (var at = names.Count; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : (int?)null;
            switch (words[at], number)
            {
                case ("--rounds", { } n): read = read with { Rounds = n }; break;
                case ("--concurrency", { } n): read = read with { Concurrency = n }; break;
                case ("--visits", { } n): read = read with { Visits = n }; break;
                case ("--way", _) when value.Length > 0 && PurgeSpeed.WaysOf(value).Count > 0: read = read with { Way = value }; break;
                case ("--postgres", _) when PostgresConnections.TryRead(value, out var connection):
                    connection.SearchPath = "benchmark";
                    read = read with { Postgres = connection.ToString() };
                    break;
                case ("--judge", _) when File.Exists(value): read = read with { JudgeDll = Path.GetFullPath(value) }; break;
                default:
                    problem = $"'{$"{words[at]} {value}".TrimEnd()}' is not known here; allowed are {Allowed}.";
                    return false;
            }
        }
        (options, problem) = (read, null);
        return true;
    }
}
