using Amble.App.Live;
using Amble.App.Pages;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>How politely a job asked: the page for people, and the same for programs.</summary>
public static class PolitenessRoutes
{
    /// <summary>So long a page waits for the count of a large job; then it says that it is being made.</summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/jobs/{id:long:min(1)}/politeness", PageAsync).ExcludeFromDescription();
        app.MapGet("/api/jobs/{id:long:min(1)}/politeness", AnswerAsync).WithTags("Jobs")
            .WithSummary("How politely the job asked, for each domain: least gap, most in flight, requests a minute, what was refused and how long until it was quiet.")
            .Produces<PolitenessAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> AnswerAsync(long id, ServeNode served, PolitenessDesk desk, CancellationToken stop) =>
        served.Node.Reads.ReadJob(new JobId(id)) is { } job
            ? Results.Ok(PolitenessAnswer.Of(job.Job.Id, (await desk.ReadAsync(job).WaitAsync(stop)).Read)) : Answers.NoSuchJob(id);

    private static async Task<IResult> PageAsync(HttpContext http, long id, ServeNode served, PolitenessDesk desk, CancellationToken stop)
    {
        if (served.Node.Reads.ReadJob(new JobId(id)) is not { } view)
        {
            return JobPageRoutes.NoSuchJob(http, id);
        }
        if (!JobPageRoutes.TryReadAfter(http, out var after, out var wrong))
        {
            return wrong;
        }
        var now = view.State is JobState.Running or JobState.Parked ? await served.Node.Runtime.AskAsync(view.Job.Start.Domain, stop) : null;
        var job = JobSummary.Of(view, now);
        try
        {
            var told = await desk.ReadAsync(view).WaitAsync(MostWait, stop);
            return Answers.Page(http, PolitenessPage.Write(job, view.Job.Asked, told, after, domain => served.Node.Reads.ReadDomain(domain).Memory));
        }
        catch (TimeoutException)
        {
            return Answers.Page(http, PolitenessPage.Counting(job, view.Job.Asked));
        }
    }
}
