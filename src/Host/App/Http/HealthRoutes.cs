using Amble.App.Cards;

namespace Amble.App.Http;

/// <summary>Health, from memory: asking it costs no store and waits for nothing.</summary>
public static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", (ServeNode served) => Results.Ok(HealthAnswer.Of(served.Node.Runtime.Health, served.Cards)))
            .WithTags("Health").WithSummary("How the node is; 200 while the process lives.").Produces<HealthAnswer>();
        app.MapGet("/readyz", (ServeNode served) => Ready(HealthAnswer.Of(served.Node.Runtime.Health, served.Cards)))
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
/// <param name="StoreTrouble">What the store last said when it did not take a turn; null while it takes them.</param>
/// <param name="Cards">What draws cards: skia, pango, opening at the start, or none with the reason.</param>
public sealed record HealthAnswer(
    string Status, int Waiting, double OldestMs, long Turns, double LongestTurnMs, long Rejected, int DomainsAwake, int InFlight, string? StoreTrouble, string Cards)
{
    public static HealthAnswer Of(Behaviours.Ports.RuntimeHealth health, CardPainting cards) => new(
        health.DiskFull ? "disk-full" : health.IsFenced ? "fenced" : health.StoreTrouble is null ? "ok" : "store",
        health.Waiting, health.Oldest.TotalMilliseconds, health.Turns, health.LongestTurn.TotalMilliseconds, health.Rejected, health.DomainsAwake, health.InFlight, health.StoreTrouble, cards.Word);
}
