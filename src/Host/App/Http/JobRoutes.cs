using System.Text.Json;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>The API: create, list, read, cancel and retry jobs.</summary>
public static class JobRoutes
{
    private const int MostJobs = 1000;
    private const int MostDays = 400;

    /// <summary>How long a caller who cancels waits for the report of a large job.</summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/api/jobs").WithTags("Jobs");
        jobs.MapPost("", CreateAsync).WithSummary("Create a job: crawl a site from a start URL.").Accepts<JobRequest>("application/json")
            .Produces<JobSummary>(StatusCodes.Status202Accepted).Produces<JobSummary>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden);
        jobs.MapGet("", List).WithSummary("Jobs, newest first; before is the last id of the list before, site a start host.")
            .Produces<IReadOnlyList<JobSummary>>().ProducesProblem(StatusCodes.Status400BadRequest);
        jobs.MapGet("{id:long:min(1)}", ReadAsync).WithSummary("One job's state and sums.")
            .Produces<JobSummary>().ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapGet("{id:long:min(1)}/findings", Findings).WithSummary("What is broken with its source pages, refused, or kept out.")
            .Produces<JobFindings>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status400BadRequest);
        jobs.MapGet("{id:long:min(1)}/views", Views).WithSummary("How often the job's page was looked at, by day (UTC), newest first; bots apart.")
            .Produces<IReadOnlyList<ViewsOfDay>>().ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapDelete("{id:long:min(1)}", CancelAsync).WithSummary("Cancel a job; what was found is kept. 202 when its report is still being written: it is finishing, and can only end as cancelled.")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status403Forbidden);
        jobs.MapPost("{id:long:min(1)}/retry", RetryAsync).WithSummary("Open again what ended refused, broken or unknown.")
            .Produces<RetryAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, ServeNode served, CancellationToken stop)
    {
        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: stop);
        }
        catch (JsonException e)
        {
            return Answers.Wrong([new Problem($"body, line {e.LineNumber + 1}", "text that is not JSON", "a JSON object with at least url")]);
        }
        using (body)
        {
            var (job, resume, problems) = JobRequestReader.Read(body.RootElement, served.Settings.AllowPrivate, served.Settings.Concurrency);
            if (job is null)
            {
                return Answers.Wrong(problems);
            }
            if (resume && served.Node.Reads.ReadUnfinished(job.Start) is { } unfinished)
            {
                http.Response.Headers.Location = $"/api/jobs/{unfinished.Job.Id}";
                return Results.Ok(await SummaryAsync(served.Node, unfinished, stop));
            }
            // Once it is asked for, the job is made: a caller who hangs up must not leave it half known.
            var made = await served.Node.Runtime.CreateAsync(job, CancellationToken.None);
            var view = served.Node.Reads.ReadJob(made.Id);
            return Results.Accepted($"/api/jobs/{made.Id}", view is null ? null : await SummaryAsync(served.Node, view, stop));
        }
    }

    private static IResult List(ServeNode served, string? limit = null, string? before = null, string? site = null)
    {
        var problems = new List<Problem>();
        if (!WholeNumber.TryParse(limit ?? "100", 1, MostJobs, out var most))
        {
            problems.Add(new Problem("limit", limit, WholeNumber.Between(1, MostJobs)));
        }
        JobId? last = null;
        if (before is not null)
        {
            if (long.TryParse(before, System.Globalization.NumberStyles.None, null, out var id))
            {
                last = new JobId(id);
            }
            else
            {
                problems.Add(new Problem("before", before, "a job's number"));
            }
        }
        DomainName? domain = null;
        if (site is not null && !DomainName.TryRead(site, out domain))
        {
            problems.Add(new Problem("site", site, "HOST or HOST:PORT"));
        }
        return problems.Count > 0
            ? Answers.Wrong(problems)
            : Results.Ok(served.Node.Reads.ReadJobs(most, last, domain?.Value).Select(job => JobSummary.Of(job, null)).ToList());
    }

    private static async Task<IResult> ReadAsync(long id, ServeNode served, CancellationToken stop) =>
        served.Node.Reads.ReadJob(new JobId(id)) is { } job ? Results.Ok(await SummaryAsync(served.Node, job, stop)) : Answers.NoSuchJob(id);

    private static IResult Findings(long id, ServeNode served, string? limit = null)
    {
        if (!WholeNumber.TryParse(limit ?? "100", 1, JobFindings.MostPages, out var most))
        {
            return Answers.Wrong([new Problem("limit", limit, WholeNumber.Between(1, JobFindings.MostPages))]);
        }
        var job = new JobId(id);
        return served.Node.Reads.ReadJob(job) is null ? Answers.NoSuchJob(id) : Results.Ok(JobFindings.Read(served.Node, job, most));
    }

    private static IResult Views(long id, ServeNode served) => served.Node.Reads.ReadJob(new JobId(id)) is null ? Answers.NoSuchJob(id)
        : Results.Ok(served.Node.Access.ReadDays($"/jobs/{id}", MostDays).Select(ViewsOfDay.Of).ToList());

    private static async Task<IResult> CancelAsync(long id, ServeNode served)
    {
        if (await served.Node.Runtime.CancelAsync(new JobId(id), CancellationToken.None))
        {
            try
            {
                await served.Node.Runtime.WhenEndedAsync(new JobId(id), CancellationToken.None).WaitAsync(MostWait);
                return Results.NoContent();
            }
            catch (TimeoutException)
            {
                return Results.Accepted($"/api/jobs/{id}");
            }
        }
        return served.Node.Reads.ReadJob(new JobId(id)) is { } ended
            ? Results.Problem(detail: $"Job {id} is {JobSummary.StateName(ended.State)} already.", statusCode: StatusCodes.Status409Conflict, title: "The job has ended.")
            : Answers.NoSuchJob(id);
    }

    private static async Task<IResult> RetryAsync(long id, ServeNode served) =>
        served.Node.Reads.ReadJob(new JobId(id)) is not null && await served.Node.Runtime.RetryAsync(new JobId(id), CancellationToken.None) is { } opened
            ? Results.Accepted($"/api/jobs/{id}", new RetryAnswer(id, opened)) : Answers.NoSuchJob(id);

    private static async Task<JobSummary> SummaryAsync(INode node, JobView job, CancellationToken stop) =>
        JobSummary.Of(job, await node.Runtime.AskAsync(job.Job.Start.Domain, stop));
}
