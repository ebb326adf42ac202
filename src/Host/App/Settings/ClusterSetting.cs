using Amble.App.Sql.Postgres;

namespace Amble.App.Settings;

/// <summary>What makes a node one of many. How the values go together is judged by <see cref="MembershipRule"/>.</summary>
public static class ClusterSetting
{
    public static readonly Setting Cluster = new("cluster", "AMBLE_CLUSTER", "--cluster", "false", "true or false", text => bool.TryParse(text, out _));

    public static readonly Setting Hostname = new(
        "hostname", "AMBLE_HOSTNAME", "--hostname", "", "a name or address of this machine, or nothing", text => text.Length == 0 || Uri.CheckHostName(text) != UriHostNameType.Unknown);

    public static readonly Setting Port = new("port", "AMBLE_PORT", "--port", "4053", WholeNumber.Between(1, 65_535), text => WholeNumber.TryParse(text, 1, 65_535, out _));

    public static readonly Setting SeedNodes = new("seedNodes", "AMBLE_SEED_NODES", "--seed-nodes", "", Settings.SeedNodes.Allowed, text => Settings.SeedNodes.TryRead(text, out _));

    public static readonly Setting AllowPublic = new("clusterAllowPublic", "AMBLE_CLUSTER_ALLOW_PUBLIC", null, "false", "true or false", text => bool.TryParse(text, out _));

    public static readonly Setting Bind = new(
        "clusterBind", "AMBLE_CLUSTER_BIND", null, "", HostPort.Allowed + ", or nothing", text => text.Length == 0 || HostPort.TryParse(text, out _));

    public static readonly Setting Journal = new(
        "clusterJournal", "AMBLE_CLUSTER_JOURNAL", null, "", PostgresConnections.Allowed + ", or nothing", text => text.Length == 0 || PostgresConnections.TryRead(text, out _))
    {
        IsSecret = true,
    };

    public static readonly Setting Certificate = new("clusterCertificate", "AMBLE_CLUSTER_CERTIFICATE", null, "", "a PKCS #12 file, or nothing", text => !text.Contains('\0'));

    public static readonly Setting CertificatePassword = new("clusterCertificatePassword", "AMBLE_CLUSTER_CERTIFICATE_PASSWORD", null, "", "text, or nothing", _ => true) { IsSecret = true };

    public static readonly Setting Shards = new("clusterShards", "AMBLE_CLUSTER_SHARDS", null, "100", WholeNumber.Between(1, 10_000), text => WholeNumber.TryParse(text, 1, 10_000, out _));

    public static readonly Setting Runtime = new("runtime", "AMBLE_RUNTIME", null, "usual", "usual or local", text => text is "usual" or "local");

    public static IReadOnlyList<Setting> All { get; } = [Cluster, Hostname, Port, SeedNodes, AllowPublic, Bind, Journal, Certificate, CertificatePassword, Shards, Runtime];
}
