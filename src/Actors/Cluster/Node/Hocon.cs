using Akka.Configuration;

namespace Amble.Cluster.Node;

/// <summary>The files of <c>hocon/</c>, built in: only what differs from Akka's own defaults, each with its reason.</summary>
internal static class Hocon
{
    private const string Prefix = "Amble.";

    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(Hocon).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".conf", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static Config All() => Names.Select(Read).Aggregate(Config.Empty, (all, one) => all.WithFallback(ConfigurationFactory.ParseString(one)));

    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Hocon).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
