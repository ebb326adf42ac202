using Amble.App.Cards;

namespace Amble.App.Http;

/// <summary>Health, from memory: asking it costs no store and waits for nothing.</summary>
public static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", (ServeNode served) => Results.Ok(HealthAnswer.Of(served.Node, served.Cards)))
            .WithTags("Health").WithSummary("How the node is; 200 while the process lives.").Produces<HealthAnswer>();
        app.MapGet("/readyz", (ServeNode served) => Ready(HealthAnswer.Of(served.Node, served.Cards)))
            .WithTags("Health").WithSummary("200 when the node takes work, 503 while its store does not.").Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Ready(HealthAnswer health) =>
        Results.Json(health, statusCode: health.StoreTrouble is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}

/// <param name="Status">ok, or what is wrong in a word: store, disk-full, fenced (another process writes).</param>
/// <param name="Waiting">Commands in the writer's intake.</param>
/// <param name="OldestMs">How long the oldest of them has waited.</param>
/// <param name="Turns">Write turns so far.</param>
/// <param name="Rejected">Commands that alone could not be stored.</param>
/// <param name="Retention">What is stored and how far behind its purge is; null where another node has the writer.</param>
/// <param name="StoreTrouble">What the store last said when it did not take a turn; null while it takes them.</param>
/// <param name="Cards">What draws cards: skia, pango, opening at the start, or none with the reason.</param>
public sealed record HealthAnswer(
    string Status, int Waiting, double OldestMs, long Turns, double LongestTurnMs, long Rejected, int DomainsAwake, int InFlight, string? StoreTrouble, RetentionHealth? Retention, string Cards)
{
    /// <summary>Lines of the access log that are not stored yet.</summary>
    public long HitsWaiting { get; init; }

    /// <summary>Lines of the access log that were dropped since the start, for whatever reason.</summary>
    public long HitsDropped { get; init; }

    /// <summary>Who is a member, as this node has heard; null without a cluster.</summary>
    public MembersHealth? Members { get; init; }

    public static HealthAnswer Of(INode node, CardPainting cards)
    {
        var log = node.AccessLog.View;
        return Of(node.Runtime.Health, node.Retention.Numbers, cards) with { HitsWaiting = log.Waiting, HitsDropped = log.Counts.Dropped };
    }

    private static HealthAnswer Of(Behaviours.Ports.RuntimeHealth health, Behaviours.Ports.RetentionNumbers retention, CardPainting cards) => new(
        health.DiskFull ? "disk-full" : health.IsFenced ? "fenced" : health.StoreTrouble is null ? "ok" : "store",
        health.Waiting, health.Oldest.TotalMilliseconds, health.Turns, health.LongestTurn.TotalMilliseconds, health.Rejected, health.DomainsAwake, health.InFlight, health.StoreTrouble,
        retention.IsHere ? new RetentionHealth(retention.Visits, retention.Details, retention.Lag.TotalSeconds, retention.DiskUsedPercent, retention.Says) : null,
        cards.Word)
    {
        Members = health.Members is { } members ? new MembersHealth(members.Count, members.Unreachable) : null,
    };
}

/// <param name="Count">Nodes, those that cannot be reached with them.</param>
/// <param name="Unreachable">HOST:PORT of nodes that some other node does not reach; restart or part nothing more before it is empty.</param>
public sealed record MembersHealth(int Count, IReadOnlyList<string> Unreachable);

/// <param name="Visits">Stored now.</param>
/// <param name="Details">Visits whose details are stored by period, now.</param>
/// <param name="LagSeconds">How much later than it had to the oldest row is still stored.</param>
/// <param name="DiskUsedPercent">Null when it cannot be said.</param>
/// <param name="Says">One sentence, when something is out of the ordinary.</param>
public sealed record RetentionHealth(long Visits, long Details, double LagSeconds, double? DiskUsedPercent, string? Says);
