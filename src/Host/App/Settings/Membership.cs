namespace Amble.App.Settings;

/// <summary>How this process is a node of a cluster, be it one of many or all there is.</summary>
/// <param name="Hostname">Where the other nodes reach it.</param>
/// <param name="Port">0 is a free one.</param>
/// <param name="Seeds">Nodes that know the cluster; none for a node that is alone.</param>
/// <param name="Journal">The journal's database; null for the usual place beside the store.</param>
/// <param name="Certificate">A PKCS #12 file for mutual TLS between nodes; null sends in the clear.</param>
public sealed record Membership(string Hostname, int Port, IReadOnlyList<HostPort> Seeds, int Shards, string? Journal, string? Certificate, string CertificatePassword)
{
    /// <summary>Where it listens; null where the others reach it.</summary>
    public HostPort? Bind { get; init; }

    /// <summary>One node, joined to itself.</summary>
    public bool IsAlone => Seeds.Count == 0;
}
