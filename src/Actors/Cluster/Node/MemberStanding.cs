using Akka.Actor;
using Akka.Cluster;

namespace Amble.Cluster.Node;

/// <summary>
/// Whether this node counts: it is up, and every member that can be reached has seen that. Before that the others would not count it when they
/// decide who goes on, so whoever restarts nodes one by one must wait for it.
/// </summary>
internal sealed class MemberStanding(Func<ActorSystem?> system)
{
    private volatile bool _wasSeen;

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
