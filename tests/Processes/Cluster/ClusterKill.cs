using Amble.ScriptedSites;

namespace Amble.Processes.Specs.Cluster;

/// <summary>A node's death: what the site had seen by then, and what was stored.</summary>
/// <param name="Log">As it was just after the kill.</param>
/// <param name="Stored">Read just after the kill: all that the dead node was ever told to be stored.</param>
public sealed record ClusterKill(string Address, IReadOnlyList<LoggedRequest> Log, StoredInPostgres Stored)
{
    private readonly Lazy<IReadOnlySet<(int Domain, string Path)>> _inHand = new(() =>
    {
        var visited = Stored.Visits.Keys.Select(visit => new Uri(visit.Url)).Select(url => (int.Parse(url.Host["site-".Length.."site-00001".Length], System.Globalization.CultureInfo.InvariantCulture), url.PathAndQuery)).ToHashSet();
        return Log.Where(request => SiteLog.Node(request) == Address).Select(request => (request.Domain, request.Path)).Where(asked => !visited.Contains(asked)).ToHashSet();
    });

    /// <summary>What the dead node had asked for and no visit of is stored.</summary>
    public bool WasInHand(int domain, string path) => _inHand.Value.Contains((domain, path));
}
