using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Local;

namespace Amble.Cluster.Node;

/// <summary>
/// How a node comes into its cluster: it looks who is a member by the leases, and has Akka ask by <see cref="JoinRule"/>. Until it is one
/// itself it looks again every second, since those that held leases may have died. A store that does not answer tells nothing new.
/// </summary>
/// <param name="leases">Null for a node that is alone.</param>
internal sealed class Joining(MemberSettings settings, RuntimeLifetime life, ILeaseTable? leases)
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    private readonly string _self = settings.Name;
    private readonly IReadOnlyList<string> _seeds = [.. settings.SeedNodes.Select(seed => MemberSettings.NameOf(seed.Host, seed.Port))];
    private bool? _mayBegin;

    public void Begin(Akka.Cluster.Cluster cluster)
    {
        if (_seeds.Count == 0) cluster.Join(cluster.SelfAddress);
        else if (leases is null) Ask(cluster, _seeds);
        else life.RunBlocking(() => Look(cluster, leases));
    }

    private void Look(Akka.Cluster.Cluster cluster, ILeaseTable table)
    {
        if (cluster.IsTerminated || cluster.SelfMember.Status != MemberStatus.Removed) return;
        try
        {
            Ask(cluster, JoinRule.Order(_seeds, _self, table.ReadMembers(except: _self)));
        }
        catch (StoreUnavailableException)
        {
            // Whoever cannot see the leases must not conclude that there are none.
        }
        life.RunAt(life.Now + _again, () => life.RunBlocking(() => Look(cluster, table)));
    }

    // Asking anew gives up what was asked before, so only for a reason.
    private void Ask(Akka.Cluster.Cluster cluster, IReadOnlyList<string> nodes)
    {
        var mayBegin = nodes[0] == _self;
        if (_mayBegin == mayBegin) return;
        _mayBegin = mayBegin;
        cluster.JoinSeedNodes(nodes.Select(node => AddressOf(cluster.SelfAddress, node)));
    }

    private static Address AddressOf(Address self, string node)
    {
        var colon = node.LastIndexOf(':');
        return new Address(self.Protocol, self.System, node[..colon], int.Parse(node.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }
}
