using System.Globalization;
using System.Net;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Writing;
using Amble.Wire.Link;

namespace Amble.Cluster.Node;

/// <summary>How one node takes part.</summary>
/// <param name="Hostname">The address that other nodes reach it at; it listens there and nowhere else, unless <see cref="Bind"/> says so.</param>
/// <param name="Port">0 is a free one, for a node that is alone.</param>
/// <param name="SeedNodes">HOST:PORT of nodes that know the cluster, the same list on every node; none makes it a cluster of its own.</param>
/// <param name="Journal">Where the journal is.</param>
public sealed record MemberSettings(
    string Hostname, int Port, IReadOnlyList<DnsEndPoint> SeedNodes, JournalPlace Journal, CrawlSettings Crawl, WriterQueueSettings Writer)
{
    /// <summary>The actor system's name: part of every address, so it never changes.</summary>
    public const string SystemName = "amble";

    /// <summary>HOST:PORT that the others reach this node at: its name among them.</summary>
    public string Name => NameOf(Hostname, Port);

    /// <summary>It stands first among the seeds, or is alone: it may begin a cluster.</summary>
    public bool IsFirstSeed => SeedNodes.Count == 0 || NameOf(SeedNodes[0].Host, SeedNodes[0].Port) == Name;

    public static string NameOf(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    /// <summary>
    /// Into how many shards domains and jobs are dealt. More: a move carries fewer of them; fewer: fewer messages. The same on every node
    /// for as long as the cluster lives: nodes that count differently would give one domain two owners.
    /// </summary>
    public int Shards { get; init; } = 100;

    /// <summary>How often the store is asked what is due.</summary>
    public TimeSpan WakeEvery { get; init; } = TimeSpan.FromSeconds(1);

    public LinkSettings Link { get; init; } = LinkSettings.Default;

    /// <summary>Where it listens when the others reach it elsewhere: behind a mapped port, or a relay.</summary>
    public DnsEndPoint? Bind { get; init; }

    /// <summary>What a test says beyond <c>hocon/</c>.</summary>
    internal string MoreHocon { get; init; } = "";

    /// <summary>Mutual TLS between the nodes; null sends in the clear, for networks that nobody else is on.</summary>
    public NodeCertificate? Certificate { get; init; }
}

/// <summary>The journal's database; never the store's, so that the writer does not contend with it (DESIGN.md section 5).</summary>
/// <param name="Provider">As Akka.Persistence.Sql names engines.</param>
public sealed record JournalPlace(string Provider, string ConnectionString)
{
    /// <summary>For tests of one process: gone with it.</summary>
    internal static JournalPlace InMemory { get; } = new("", "");

    public static JournalPlace Sqlite(string file) => new("SQLite.MS", $"Data Source={file}");

    public static JournalPlace Postgres(string connectionString) => new("PostgreSQL.15", connectionString);
}

/// <param name="File">A PKCS #12 file with the node's certificate, its key, and the authority that signed the others'.</param>
public sealed record NodeCertificate(string File, string Password);
