using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Amble.Behaviours.Ports;
using Amble.Cluster.Entities;
using Amble.Messages;

namespace Amble.Cluster.Doors;

/// <summary>Looks into the whole cluster from any node: whoever owns it is asked, and given up at the deadline.</summary>
internal sealed class ClusterInspection(Local.IScheduler clock, Regions regions, Doorway door) : IInspection
{
    private static readonly TimeSpan _askAgain = TimeSpan.FromSeconds(1);

    public DateTimeOffset Now => clock.Now;

    public async Task<AwakeDomains> ReadAwakeAsync(int limit, CancellationToken stop)
    {
        var nodes = Akka.Cluster.Cluster.Get(System).State.Members.Where(member => member.Status is MemberStatus.Up or MemberStatus.Leaving).Select(member => member.Address).ToList();
        var told = await Task.WhenAll(nodes.Select(node => AskNodeAsync(node, limit, stop))).ConfigureAwait(false);
        var all = told.SelectMany(one => one.Domains).OrderBy(one => one.Domain.Value, StringComparer.Ordinal).ToList();
        return new AwakeDomains([.. all.Take(limit)], told.Sum(one => one.More) + Math.Max(0, all.Count - limit));
    }

    public async Task<DomainProtocol.Details?> ReadDetailsAsync(DomainName domain, CancellationToken stop) =>
        await AskAsync<DomainProtocol.Details>(regions.Domains, new DomainProtocol.GetDetails(domain), domain.Value, stop).ConfigureAwait(false) is { Status.IsAsleep: false } details ? details : null;

    public async Task<DomainProtocol.Standing?> ReadStandingAsync(DomainName domain, UnitKey unit, CancellationToken stop) =>
        await AskAsync<DomainProtocol.Standing>(regions.Domains, new DomainProtocol.GetStanding(domain, unit), domain.Value, stop).ConfigureAwait(false) is { Status.IsAsleep: false } standing ? standing : null;

    public Task<WriterView> ReadWriterAsync(CancellationToken stop) => AskAsync<WriterView>(door.Writer, new OperatorProtocol.GetWriter(), "The writer", stop);

    public async Task<IReadOnlyList<ShardView>> ReadShardsAsync(CancellationToken stop)
    {
        var stats = await AskAsync<ClusterShardingStats>(regions.Domains, new GetClusterShardingStats(IInspection.Deadline), "The regions", stop).ConfigureAwait(false);
        return
        [
            .. from node in stats.Regions
               from shard in node.Value.Stats
               orderby int.Parse(shard.Key, global::System.Globalization.CultureInfo.InvariantCulture)
               select new ShardView(shard.Key, $"{node.Key.Host}:{node.Key.Port}", shard.Value),
        ];
    }

    private ActorSystem System => door.System ?? throw new TimeoutException("This node has not started yet.");

    // A node that does not answer has domains, and nobody knows how many.
    private async Task<AwakeDomains> AskNodeAsync(Address node, int limit, CancellationToken stop)
    {
        try
        {
            var there = System.ActorSelection(new RootActorPath(node) / "user" / OperatorActor.Name);
            return await there.Ask<AwakeDomains>(new OperatorProtocol.GetAwake(limit), IInspection.Deadline, stop).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return new AwakeDomains([], 0);
        }
    }

    // What was sent to a node that has just died is lost. So a question is put again, and whichever answer comes first counts.
    private static async Task<T> AskAsync<T>(ICanTell whom, object query, string who, CancellationToken stop)
    {
        var asked = new List<Task<T>>();
        for (var left = IInspection.Deadline; left > TimeSpan.Zero; left -= _askAgain)
        {
            asked.Add(whom.Ask<T>(query, left, stop));
            try
            {
                return await (await Task.WhenAny(asked).WaitAsync(_askAgain, stop).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (Exception late) when (late is TimeoutException or AskTimeoutException)
            {
                // The next one may find whoever has taken over.
            }
        }
        throw new TimeoutException($"{who} does not answer.");
    }
}
