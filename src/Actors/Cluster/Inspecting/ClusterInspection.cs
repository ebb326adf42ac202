using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Amble.Behaviours.Ports;
using Amble.Cluster.Entities;
using Amble.Messages;

namespace Amble.Cluster.Inspecting;

/// <summary>Looks into the cluster from one of its nodes: asks whoever owns what is asked for, and gives up on who does not answer in time.</summary>
/// <param name="writer">The way to the writer, wherever it lives.</param>
internal sealed class ClusterInspection(ActorSystem system, Regions regions, IActorRef writer, Local.IScheduler clock) : IInspection
{
    public DateTimeOffset Now => clock.Now;

    public async Task<AwakeDomains> ReadAwakeAsync(int limit, CancellationToken stop)
    {
        var nodes = await Task.WhenAll(Members().Select(member => AwakeOnAsync(member, limit, stop))).ConfigureAwait(false);
        var names = nodes.SelectMany(node => node.Domains).OrderBy(name => name.Value, StringComparer.Ordinal).ToList();
        var asked = await Task.WhenAll(names.Take(limit).Select(name => StatusAsync(name, stop))).ConfigureAwait(false);
        return new AwakeDomains([.. asked.OfType<AwakeDomain>()], nodes.Sum(node => node.More) + Math.Max(0, names.Count - limit));
    }

    public async Task<DomainProtocol.Details?> ReadDetailsAsync(DomainName domain, CancellationToken stop) =>
        await AskAsync<DomainProtocol.Details>(new DomainProtocol.GetDetails(domain), stop).ConfigureAwait(false) is { Status.IsAsleep: false } details ? details : null;

    public async Task<DomainProtocol.Standing?> ReadStandingAsync(DomainName domain, UnitKey unit, CancellationToken stop) =>
        await AskAsync<DomainProtocol.Standing>(new DomainProtocol.GetStanding(domain, unit), stop).ConfigureAwait(false) is { Status.IsAsleep: false } standing ? standing : null;

    public Task<WriterView> ReadWriterAsync(CancellationToken stop) => InTimeAsync("The writer", writer.Ask<WriterView>(new OperatorProtocol.GetWriter(), IInspection.Deadline, stop));

    public async Task<IReadOnlyList<ShardView>> ReadShardsAsync(CancellationToken stop)
    {
        var stats = await InTimeAsync("The region of domains", regions.Domains.Ask<ClusterShardingStats>(new GetClusterShardingStats(IInspection.Deadline), IInspection.Deadline, stop)).ConfigureAwait(false);
        return
        [
            .. stats.Regions.SelectMany(region => region.Value.Stats.Select(shard => new ShardView(shard.Key, NameOf(region.Key), shard.Value)))
                .OrderBy(shard => shard.Shard.Length).ThenBy(shard => shard.Shard, StringComparer.Ordinal),
        ];
    }

    /// <summary>A node for people: where it is reached by the others.</summary>
    public static string NameOf(Address address) => $"{address.Host}:{address.Port}";

    private IEnumerable<Address> Members() => Akka.Cluster.Cluster.Get(system).State.Members.Where(member => member.Status == MemberStatus.Up).Select(member => member.Address);

    private async Task<OperatorProtocol.Awake> AwakeOnAsync(Address node, int limit, CancellationToken stop)
    {
        var there = system.ActorSelection(new RootActorPath(node) / "user" / OperatorActor.Name);
        try
        {
            return await there.Ask<OperatorProtocol.Awake>(new OperatorProtocol.GetAwake(limit), IInspection.Deadline, stop).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            // What lives on a node that does not answer is about to move.
            return new OperatorProtocol.Awake([], 0);
        }
    }

    /// <summary>Null when it fell asleep meanwhile.</summary>
    private async Task<AwakeDomain?> StatusAsync(DomainName name, CancellationToken stop)
    {
        try
        {
            var status = await AskAsync<DomainProtocol.Status>(new DomainProtocol.GetStatus(name), stop).ConfigureAwait(false);
            return status.IsAsleep ? null : new AwakeDomain(name, status);
        }
        catch (TimeoutException)
        {
            return new AwakeDomain(name, null);
        }
    }

    private Task<T> AskAsync<T>(DomainProtocol.IQuery query, CancellationToken stop) =>
        InTimeAsync(query.Domain.Value, regions.Domains.Ask<T>(query, IInspection.Deadline, stop));

    private static async Task<T> InTimeAsync<T>(string who, Task<T> asked)
    {
        try
        {
            return await asked.ConfigureAwait(false);
        }
        catch (AskTimeoutException late)
        {
            throw new TimeoutException($"{who} does not answer.", late);
        }
    }
}
