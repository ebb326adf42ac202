using Amble.Behaviours.Ports;

namespace Amble.App.Http;

/// <summary>Deletes now what has expired.</summary>
public static class PurgeRoutes
{
    public const string Path = "/api/purge";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(Path, PurgeAsync).WithTags("Retention").WithSummary("Delete now what has expired; answers when it is gone.")
            .Produces<PurgeAnswer>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PurgeAsync(ServeNode served, CancellationToken stop)
    {
        try
        {
            return Results.Ok(PurgeAnswer.Of(await served.Node.Retention.PurgeAsync(stop)));
        }
        catch (StoreUnavailableException elsewhere)
        {
            return Results.Problem(detail: elsewhere.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "It cannot be purged here.");
        }
    }
}

/// <param name="Rows">Rows that went one by one, in slices.</param>
/// <param name="Periods">Periods that went as a whole.</param>
/// <param name="Bytes">Of those periods, as far as it is known.</param>
/// <param name="Left">Why something that has expired is still stored; null when nothing is.</param>
public sealed record PurgeAnswer(long Rows, long Periods, long Bytes, double Seconds, string? Left)
{
    public static PurgeAnswer Of(PurgeDone done) => new(done.Rows, done.Periods, done.Bytes, done.Took.TotalSeconds, done.Left);
}
