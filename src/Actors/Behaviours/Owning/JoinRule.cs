namespace Amble.Behaviours.Owning;

/// <summary>
/// Whom a node asks for the cluster (S-6). Of the seeds the first alone may begin one, once no other has answered. While others hold leases
/// there is a cluster, reached or not: then it asks them too, stands last itself and waits until somebody takes it in. Otherwise a first
/// seed that is started again while it is cut off would begin a second cluster beside theirs.
/// </summary>
public static class JoinRule
{
    /// <param name="self">HOST:PORT of this node, as the others do.</param>
    /// <param name="members">Other nodes that hold a lease, seeds or not.</param>
    /// <returns>Who stands first may begin a cluster.</returns>
    public static IReadOnlyList<string> Order(IReadOnlyList<string> seeds, string self, IReadOnlyList<string> members) =>
        members.Count == 0 || seeds[0] != self ? seeds : [.. members.Union(seeds).Where(node => node != self), self];
}
