using System.Globalization;
using Akka.Cluster.Sharding;
using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Cluster.Entities;

/// <summary>
/// Whom a message is for, and on which shard that one lives. The hash is the same in every process and every release: a domain that two
/// nodes looked for on different shards would live twice.
/// </summary>
/// <param name="shards">The same number on every node, for as long as the cluster lives.</param>
internal sealed class Extractor(int shards) : IMessageExtractor
{
    public string? EntityId(object message) => message switch
    {
        DomainProtocol.ICommand command => command.Domain.Value,
        DomainProtocol.IQuery query => query.Domain.Value,
        JobProtocol.ICommand command => command.Job.ToString(),
        _ => null,
    };

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message) is { } entity ? ShardId(entity) : null;

    public string ShardId(string entityId, object? messageHint = null) =>
        (unchecked((ulong)StableHash.Of(entityId).Value) % (ulong)shards).ToString(CultureInfo.InvariantCulture);
}
