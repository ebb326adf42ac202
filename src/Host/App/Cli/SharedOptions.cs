using System.CommandLine;

namespace Amble.App.Cli;

/// <summary>Options that several commands have; their names are fixed (DESIGN.md section 6).</summary>
public static class SharedOptions
{
    public static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<string?> Data() => Text("--data", "DIR", "where jobs and pages are kept (default: $XDG_DATA_HOME/amble, usually ~/.local/share/amble)");

    public static Option<bool> AllowPrivate() => Flag("--allow-private", "also connect to loopback, private and link-local addresses");

    public static Option<string?> ConnectTo() => Text("--connect-to", "HOST:PORT", "send every connection there and keep the Host header, as curl does");

    public static Option<string?> Concurrency(string description) => Text("--concurrency", "N", description);
}
