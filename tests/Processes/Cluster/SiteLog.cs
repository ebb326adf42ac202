using Amble.ScriptedSites;

namespace Amble.Processes.Specs.Cluster;

/// <summary>What the site saw of a cluster: who asked which domain when.</summary>
public static class SiteLog
{
    /// <summary>Without the port.</summary>
    public static string Node(LoggedRequest request) => request.From.Split(':')[0];

    public static IReadOnlyCollection<int> DomainsOf(IEnumerable<LoggedRequest> log, NodeProcess node) =>
        [.. log.Where(request => Node(request) == node.Address).Select(request => request.Domain).Distinct()];
}
