using Akka.Actor;
using Akka.Cluster;
using Amble.Behaviours.Ports;

namespace Amble.Cluster.Node;

/// <summary>
/// Whether this node counts: it is up, and every member that can be reached has seen that. Before that the others would not count it when they
/// decide who goes on, so whoever restarts nodes one by one must wait for it.
/// </summary>
internal sealed class MemberStanding(Func<ActorSystem?> system)
{
    private volatile bool _wasSeen;

    /// <summary>As this node has heard; of itself it does not hear that others miss it.</summary>
    public MembersView? Members => system() is { } running && Akka.Cluster.Cluster.Get(running).State is var state
        ? new MembersView(state.Members.Count, [.. state.Unreachable.Select(member => $"{member.Address.Host}:{member.Address.Port}").Order(StringComparer.Ordinal)])
        : null;

    /// <summary>Once seen by all, it is full until it leaves: later news of others goes round without making it less.</summary>
    public bool IsFull
    {
        get
        {
            if (system() is not { } running) return false;
            var cluster = Akka.Cluster.Cluster.Get(running);
            if (cluster.SelfMember.Status != MemberStatus.Up) return false;
            if (_wasSeen) return true;
            var state = cluster.State;
            return _wasSeen = state.Members.Except(state.Unreachable).All(member => state.SeenBy.Contains(member.Address));
        }
    }
}
