using Akka.Configuration;

namespace Amble.Cluster.Node;

/// <summary>The files of <c>hocon/</c>, built in: only what differs from Akka's own defaults, each with its reason.</summary>
internal static class Hocon
{
    private const string Prefix = "Amble.";
    private const string LaterSeeds = Prefix + "later-seeds.conf";

    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(Hocon).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".conf", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <param name="isFirstSeed">Whether this node may begin a cluster.</param>
    public static Config All(bool isFirstSeed) => Names.Where(name => !isFirstSeed || name != LaterSeeds).Select(Read).Aggregate(Config.Empty, (all, one) => all.WithFallback(ConfigurationFactory.ParseString(one)));

    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Hocon).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
