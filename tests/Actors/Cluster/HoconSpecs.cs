using System.Reflection;
using Akka.Configuration;
using Amble.Cluster.Node;
using Xunit;

namespace Amble.Cluster.Specs;

/// <summary>The files of hocon/ hold numbers with their reasons, and no key that Akka would pass over in silence.</summary>
public sealed class HoconSpecs
{
    // A phase has a time-out whether the reference names it or not.
    private const string Phases = "akka.coordinated-shutdown.phases.";

    // What a journal or a snapshot store does not say of itself it takes from here.
    private static readonly (string Of, string From)[] _fallbacks =
    [
        ("akka.persistence.journal.sql.", "akka.persistence.journal-plugin-fallback."),
        ("akka.persistence.snapshot-store.sql.", "akka.persistence.snapshot-store-plugin-fallback."),
    ];

    private static readonly Config _known = Reference();

    public static TheoryData<string> Files => [.. Hocon.Names];

    [Fact]
    public void All_files_are_built_in() => Assert.Equal(["Amble.cluster.conf", "Amble.later-seeds.conf", "Amble.persistence.conf", "Amble.sharding.conf", "Amble.shutdown.conf"], Hocon.Names);

    [Theory, MemberData(nameof(Files))]
    public void Akka_knows_every_key(string file) => Assert.Equal([], Unknown(ConfLines.Of(Hocon.Read(file))));

    [Theory, MemberData(nameof(Files))]
    public void Every_key_has_a_sentence_of_its_own(string file) =>
        Assert.Empty(ConfLines.Of(Hocon.Read(file)).Where(line => line.Reason is not { Length: > 30 } reason || !reason.EndsWith('.')).Select(line => line.Path));

    [Theory, MemberData(nameof(Files))]
    public void No_key_says_what_is_so_anyway(string file)
    {
        var ours = ConfigurationFactory.ParseString(Hocon.Read(file));
        var same = from line in ConfLines.Of(Hocon.Read(file))
                   where _known.HasPath(line.Path) && _known.GetString(line.Path) is { } usual && usual == ours.GetString(line.Path)
                   select line.Path;
        Assert.Equal([], same);
    }

    [Fact]
    public void A_key_that_Akka_does_not_know_is_found() => Assert.False(IsKnown("akka.cluster.split-brain-resolver.stable-afterwards"));

    [Fact]
    public void A_key_without_its_sentence_is_found() =>
        Assert.Equal(["akka.a.b"], ConfLines.Of("akka.a {\n# A sentence about nothing in particular.\n\nb = 1\n}").Where(line => line.Reason is null).Select(line => line.Path));

    private static IEnumerable<string> Unknown(IEnumerable<ConfLine> lines) => lines.Select(line => line.Path).Where(path => !IsKnown(path));

    private static bool IsKnown(string path)
    {
        if (_known.HasPath(path)) return true;
        if (path.StartsWith(Phases, StringComparison.Ordinal) && path.EndsWith(".timeout", StringComparison.Ordinal)) return _known.HasPath(path[..path.LastIndexOf('.')]);
        return _fallbacks.Any(fallback => path.StartsWith(fallback.Of, StringComparison.Ordinal) && _known.HasPath(fallback.From + path[fallback.Of.Length..]));
    }

    /// <summary>What Akka's assemblies say of themselves.</summary>
    private static Config Reference() => Directory.EnumerateFiles(AppContext.BaseDirectory, "Akka*.dll")
        .Where(file => !file.Contains("TestKit", StringComparison.Ordinal))
        .Select(Assembly.LoadFrom)
        .SelectMany(assembly => assembly.GetManifestResourceNames().Where(name => name.EndsWith(".conf", StringComparison.Ordinal)).Select(name => Text(assembly, name)))
        .Aggregate(Config.Empty, (all, one) => all.WithFallback(ConfigurationFactory.ParseString(one)));

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
