using System.Net;
using Amble.App.Cli;
using Amble.App.Settings;
using Xunit;

namespace Amble.Host.Specs.Deploy;

/// <summary>The command line and environment of one node, as a file of <c>deploy/</c> has them, held against the program.</summary>
internal sealed class NodeWords
{
    private readonly Dictionary<string, string> _options = [];

    public NodeWords(IReadOnlyList<string> words)
    {
        Assert.Equal("serve", words[0]);
        for (var at = 1; at < words.Count; at++)
        {
            var hasValue = at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal);
            _options.Add(words[at], hasValue ? words[++at] : "");
        }
    }

    public string this[string option] => _options[option];

    public string[] Seeds => this["--seed-nodes"].Split(',');

    /// <summary>The program knows each option, and a node of a cluster is named and has seeds enough.</summary>
    public void AssertIsNode(string hostname)
    {
        AssertKnown();
        Assert.Equal(("", hostname), (this["--cluster"], this["--hostname"]));
        Assert.True(HostPort.TryParse(this["--http"], out _));
        Assert.True(Seeds.Length >= 2 && Seeds.Distinct().Count() == Seeds.Length, "A single seed node begins a second cluster when it is restarted alone.");
        Assert.All(Seeds, seed => Assert.True(HostPort.TryParse(seed, out var node) && node.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) == this["--port"], seed));
        // The nodes' own port is bound to a named address of their private network, never to all.
        Assert.All(Seeds.Append(this["--hostname"] + ":1"), name => Assert.False(HostPort.TryParse(name, out var node) && node.Address is { } address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)), name));
    }

    public void AssertKnown()
    {
        var known = new ServeVerb().Syntax.Options.Select(option => option.Name).ToHashSet();
        Assert.All(_options.Keys, option => Assert.Contains(option, known));
    }

    /// <summary>The program knows each variable of its own, and no value is a secret that stands there for all to read.</summary>
    public static void AssertEnvironment(IEnumerable<(string Name, string? Value)> environment)
    {
        var known = Setting.All.Select(setting => setting.Variable).ToHashSet();
        foreach (var (name, value) in environment)
        {
            if (name.StartsWith("AMBLE_", StringComparison.Ordinal)) Assert.Contains(name, known);
            AssertNoSecret(name, value);
        }
    }

    public static void AssertNoSecret(string name, string? value)
    {
        if (value is null) return;
        var isSecret = name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || name.EndsWith("TOKEN", StringComparison.OrdinalIgnoreCase);
        Assert.False(isSecret && !value.StartsWith("${", StringComparison.Ordinal), $"{name} is a secret in clear text.");
        var at = value.IndexOf("Password=", StringComparison.OrdinalIgnoreCase);
        Assert.False(at >= 0 && !value[(at + "Password=".Length)..].StartsWith("${", StringComparison.Ordinal), $"{name} has a password in clear text.");
    }
}
