using Amble.App.Live;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>Live progress: <c>GET /api/jobs/{id}/events</c>.</summary>
public static class EventRoutes
{
    private const string Field = "Last-Event-ID";

    /// <summary>Seconds after which who found all places taken may come back.</summary>
    private const string ComeBack = "5";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/jobs/{id:long:min(1)}/events", Events).WithTags("Jobs")
            .WithSummary("What happens in a job, as server-sent events: progress, visit, gap, end. Last-Event-ID or lastEventId goes on from there.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Where a job's events are, from a place on.</summary>
    public static string Address(JobId job, VisitMark from) => $"/api/jobs/{job}/events?lastEventId={new EventMark(from, false)}";

    /// <summary>Looks at a job through the node.</summary>
    public static LookAtJob Look(INode node, LiveSettings settings) => async (job, marks, stop) =>
    {
        if (node.Live.ReadLive(job, marks, settings.MostRows, settings.MostVisits) is not { } read) return null;
        var now = read.Job.State is JobState.Running or JobState.Parked ? await node.Runtime.AskAsync(read.Job.Job.Start.Domain, stop) : null;
        return (read, JobSummary.Of(read.Job, now));
    };

    private static IResult Events(HttpContext http, long id, ServeNode served, LiveHub hub, IHostApplicationLifetime life, string? lastEventId = null)
    {
        // What a browser remembers is newer than the address that it began with.
        var kept = http.Request.Headers[Field].ToString();
        EventMark? last = EventMark.TryParse(kept.Length > 0 ? kept : lastEventId, out var known) ? known : null;
        if (last is null && (kept.Length > 0 || lastEventId is not null))
        {
            return Answers.Wrong([new Problem(kept.Length > 0 ? Field : nameof(lastEventId), kept.Length > 0 ? kept : lastEventId, EventMark.Allowed)]);
        }
        var job = new JobId(id);
        if (served.Node.Reads.ReadJob(job) is not { } view)
        {
            return Answers.NoSuchJob(id);
        }
        if (last is { IsEnd: true } && view.State >= JobState.Completed)
        {
            // By this a browser knows not to come back.
            return Results.NoContent();
        }
        if (http.Items.ContainsKey(NodeServer.AskedByHead))
        {
            EventStream.WriteHead(http.Response);
            return Results.Empty;
        }
        if (hub.Enter(job) is not { } watch)
        {
            http.Response.Headers.RetryAfter = ComeBack;
            return Results.Problem(
                detail: $"All {hub.Settings.Connections} places for watchers are taken; come back in {ComeBack} seconds.",
                statusCode: StatusCodes.Status503ServiceUnavailable, title: "Too many watch.");
        }
        return new EventStream(hub, watch, last?.Mark, life);
    }
}
