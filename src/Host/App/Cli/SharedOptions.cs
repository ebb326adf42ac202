using System.CommandLine;
using Amble.App.Export;

namespace Amble.App.Cli;

/// <summary>Options that several commands have; their names are fixed (DESIGN.md section 6).</summary>
public static class SharedOptions
{
    public static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<string?> Data() => Text("--data", "DIR", "where jobs and pages are kept (default: $XDG_DATA_HOME/amble, usually ~/.local/share/amble)");

    public static Option<string?> Postgres() => Text("--postgres", "CONN", "a PostgreSQL database in place of --data: keys and values, or postgresql://…");

    public static Option<bool> AllowPrivate() => Flag("--allow-private", "also connect to loopback, private and link-local addresses");

    public static Option<string?> ConnectTo() => Text("--connect-to", "HOST:PORT", "send every connection there and keep the Host header, as curl does");

    public static Option<string?> Concurrency(string description) => Text("--concurrency", "N", description);

    /// <summary>What an option was given; null when nothing was, of which the parser tells.</summary>
    public static string? Given(ParseResult line, Option<string?> option) => line.GetResult(option)?.Tokens is [.., var last] ? last.Value : null;

    public static Option<string?> Baseline() => Text("--baseline", "FILE", "an earlier JSON or SARIF export; only broken links that it has not end with 1");

    /// <summary>Null when none was named, or when it cannot be read, which is among the problems then.</summary>
    public static Baseline? ReadBaseline(string? path, List<string> problems)
    {
        // What begins like an option is one that follows in the place of a value, and told as such.
        if (path is null || path.StartsWith("--", StringComparison.Ordinal))
        {
            return null;
        }
        var (baseline, problem) = BaselineFile.Read(path);
        problems.AddRange(problem is null ? [] : [problem.ToString()]);
        return baseline;
    }
}
