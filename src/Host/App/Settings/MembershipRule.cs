using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Amble.App.Settings;

/// <summary>
/// Whether the settings make this process a node of a cluster, in words: a cluster needs PostgreSQL, a hostname that names one private or
/// loopback address of this machine, and seed nodes. Without <c>--cluster</c> a node is alone, on loopback, at a free port.
/// </summary>
public static class MembershipRule
{
    /// <summary>Said when a single seed node is named.</summary>
    public const string OneSeed =
        "With a single seed node, that one begins a second cluster beside the others if it is restarted while they cannot be reached; name two or more in --seed-nodes.";

    private const string OwnAddress = "an address of this machine within a private network or loopback, or a name that resolves to one";

    /// <param name="lookUp">From a name to its addresses.</param>
    public static async Task<(Membership Member, IReadOnlyList<string> Problems)> ReadAsync(EffectiveSettings settings, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken stop)
    {
        var problems = new List<string>();
        var shards = int.Parse(settings[ClusterSetting.Shards].Text, CultureInfo.InvariantCulture);
        if (!settings.IsCluster)
        {
            problems.AddRange(
                from setting in (Setting[])[ClusterSetting.Hostname, ClusterSetting.Port, ClusterSetting.SeedNodes]
                where settings[setting].Source == "command line"
                select $"{setting.Option} is of use only with --cluster.");
            return (new Membership("127.0.0.1", 0, [], shards, null, null, ""), problems);
        }
        if (settings.Postgres is null && !settings.WasRefused(Setting.Postgres)) problems.Add("--cluster: the nodes of a cluster share one store, so it needs PostgreSQL (--postgres CONN); SQLite serves one node, without --cluster.");
        var seeds = SeedNodes.TryRead(settings[ClusterSetting.SeedNodes].Text, out var read) ? read : [];
        if (seeds.Count == 0 && !settings.WasRefused(ClusterSetting.SeedNodes)) problems.Add(new Problem("--seed-nodes", "", "HOST:PORT of at least one node, this one or another; better two or more, the same list on each").ToString());
        var bind = HostPort.TryParse(settings[ClusterSetting.Bind].Text, out var elsewhere) ? elsewhere : null;
        foreach (var (setting, host) in new[] { (ClusterSetting.Hostname, settings[ClusterSetting.Hostname].Text), (ClusterSetting.Bind, bind?.Host) })
        {
            if (host is null || settings.WasRefused(setting)) continue;
            if (await AddressProblemAsync(settings, setting, host, lookUp, stop) is { } problem) problems.Add(problem.ToString());
        }
        var certificate = settings[ClusterSetting.Certificate].Text;
        if (certificate.Length > 0 && !File.Exists(certificate)) problems.Add(new Problem(settings[ClusterSetting.Certificate].Where, certificate, "a PKCS #12 file that can be read").ToString());
        return (new Membership(
            settings[ClusterSetting.Hostname].Text, int.Parse(settings[ClusterSetting.Port].Text, CultureInfo.InvariantCulture), seeds, shards,
            settings[ClusterSetting.Journal].Text is { Length: > 0 } journal ? journal : null, certificate.Length > 0 ? certificate : null, settings[ClusterSetting.CertificatePassword].Text)
        {
            Bind = bind,
        }, problems);
    }

    private static async Task<Problem?> AddressProblemAsync(EffectiveSettings settings, Setting setting, string hostname, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken stop)
    {
        if (hostname.Length == 0) return new Problem("--hostname", "", OwnAddress);
        var where = settings[setting].Where;
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(hostname, out var literal) ? [literal] : await lookUp(hostname, stop);
        }
        catch (SocketException)
        {
            return new Problem(where, hostname, OwnAddress);
        }
        if (addresses.Length == 0 || addresses.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            return new Problem(where, hostname, $"{OwnAddress}; all addresses at once would open the nodes' own port to everybody");
        }
        return settings.AllowsPublicHostname || addresses.All(LocalAddresses.Contains)
            ? null
            : new Problem(where, hostname, $"{OwnAddress}; a public one only with {ClusterSetting.AllowPublic.Variable}=true, and then better with a certificate");
    }
}
