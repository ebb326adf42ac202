using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;

namespace Amble.Behaviours.Inspection;

/// <summary>The writer, and who owns what.</summary>
internal static class WriterAnswers
{
    private const int MostShards = 200;

    public static async Task<InspectionAnswer> OneAsync(Inspected of, string argument, CancellationToken stop)
    {
        WriterView writer;
        try
        {
            writer = await of.Running!.ReadWriterAsync(stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Silent("writer", "The writer's node");
        }
        return new InspectionAnswer("writer", null, [Sentence(writer)],
        [
            InspectionTable.Single("writer", new JsonObject
            {
                ["node"] = writer.Node,
                ["waiting"] = writer.Waiting,
                ["bytes"] = writer.Bytes,
                ["oldestSeconds"] = Cell.Seconds(writer.Oldest),
                ["turns"] = writer.Turns,
                ["longestTurnSeconds"] = Cell.Seconds(writer.LongestTurn),
                ["rejected"] = writer.Rejected,
                ["turnedAway"] = writer.TurnedAway,
                ["hasRoom"] = writer.HasRoom,
                ["trouble"] = writer.Trouble,
            }),
            new InspectionTable("classes", true, [.. writer.Lanes.Select(lane => new JsonObject
            {
                ["class"] = Cell.Word(lane.Class),
                ["waiting"] = lane.Waiting,
                ["done"] = lane.Done,
                ["turns"] = lane.Turns,
            })]),
        ]);
    }

    public static async Task<InspectionAnswer> ShardsAsync(Inspected of, string argument, CancellationToken stop)
    {
        try
        {
            var shards = await of.Running!.ReadShardsAsync(stop).ConfigureAwait(false);
            var nodes = shards.Select(shard => shard.Node).Distinct().Count();
            return new InspectionAnswer("shards", null, [nodes == 1 ? $"One node owns every domain: {shards[0].Node}." : $"{nodes} nodes own the domains."],
                [InspectionTable.Of("shards", shards, MostShards, shard => new JsonObject { ["shard"] = shard.Shard, ["node"] = shard.Node, ["awake"] = shard.Awake })]);
        }
        catch (TimeoutException)
        {
            return Silent("shards", "Who knows the owners");
        }
    }

    private static string Sentence(WriterView writer) => writer switch
    {
        { Trouble: { } trouble } => $"The store does not take what is written: {trouble}",
        { HasRoom: false } => "The writer is behind, and the crawl is held back until it has room again.",
        { Waiting: 0 } => "The writer has nothing to do.",
        _ => "The writer is at work.",
    };

    private static InspectionAnswer Silent(string command, string who) => new(command, null, [$"{who} did not answer within {IInspection.Deadline.TotalSeconds:0} s."], []);
}
