using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Amble.App.Cards;
using Amble.App.Pages;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>The pages of one job, and of one page of it.</summary>
public static class JobPageRoutes
{
    private const int MostVisits = 10;
    private const int MostSources = 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/jobs/{id:long:min(1)}", JobAsync).ExcludeFromDescription();
        app.MapGet("/jobs/{id:long:min(1)}/pages", Pages).ExcludeFromDescription();
        app.MapGet("/jobs/{id:long:min(1)}/broken", (HttpContext http, long id, ServeNode served) => Report(http, id, served, (node, job, after) =>
        {
            var broken = node.Reports.ReadBroken(job.Job.Id, ReportPages.Most, after);
            return ReportPages.Broken(JobSummary.Of(job, null), job.Job.Asked, broken, JobReading.ReadSources(node.Reports, job.Job.Id, broken), after);
        })).ExcludeFromDescription();
        app.MapGet("/jobs/{id:long:min(1)}/broken/{page:long:min(1)}", (HttpContext http, long id, long page, ServeNode served) => Report(http, id, served, (node, job, after) =>
            VisitOf(node, job.Job.Id, new PageId(page)) is { } target
                ? ReportPages.Sources(JobSummary.Of(job, null), job.Job.Asked, target, node.Reports.ReadSources(job.Job.Id, target.Page, ReportPages.Most, after), after) : null)).ExcludeFromDescription();
        app.MapGet("/jobs/{id:long:min(1)}/redirects", (HttpContext http, long id, ServeNode served) => Report(http, id, served, (node, job, after) =>
            ReportPages.Redirects(JobSummary.Of(job, null), job.Job.Asked, node.Reports.ReadRedirects(job.Job.Id, ReportPages.Most, after), after))).ExcludeFromDescription();
        app.MapGet("/jobs/{id:long:min(1)}/slow", (HttpContext http, long id, ServeNode served) => Report(http, id, served, (node, job, after) =>
            ReportPages.Slow(JobSummary.Of(job, null), job.Job.Asked, node.Reports.ReadSlow(job.Job.Id, ReportPages.Most, after), after))).ExcludeFromDescription();
        app.MapGet("/pages/{id:long:min(1)}", Page).ExcludeFromDescription();
    }

    private static async Task<IResult> JobAsync(HttpContext http, long id, ServeNode served, CardDoor cards, CancellationToken stop)
    {
        var job = new JobId(id);
        // Read first: so whatever comes after it is told by the events, and nothing falls between them and the page.
        var seen = served.Node.Live.ReadLive(job, [], 0, 0)?.Head ?? default;
        if (served.Node.Reads.ReadJob(job) is not { } view)
        {
            return NoSuchJob(http, id);
        }
        var now = view.State is JobState.Running or JobState.Parked ? await served.Node.Runtime.AskAsync(view.Job.Start.Domain, stop) : null;
        var card = cards.Meta(http, CardSubject.Of(job), view.State >= JobState.Completed);
        return Answers.Page(http, JobPage.Write(JobReading.Read(served.Node, view, now), EventRoutes.Address(job, seen), card));
    }

    private static IResult Pages(HttpContext http, long id, ServeNode served)
    {
        if (served.Node.Reads.ReadJob(new JobId(id)) is not { } view)
        {
            return NoSuchJob(http, id);
        }
        var (query, problems) = PageListRequest.Read(http.Request.Query);
        return query is null
            ? Wrong(http, problems)
            : Answers.Page(http, PagesPage.Write(JobSummary.Of(view, null), view.Job.Asked, query, served.Node.Lists.ReadPages(view.Job.Id, query)));
    }

    /// <param name="write">Null when what is asked for is not there.</param>
    private static IResult Report(HttpContext http, long id, ServeNode served, Func<INode, JobView, int?, string?> write)
    {
        if (served.Node.Reads.ReadJob(new JobId(id)) is not { } view)
        {
            return NoSuchJob(http, id);
        }
        if (!TryReadAfter(http, out var after, out var wrong))
        {
            return wrong;
        }
        return write(served.Node, view, after) is { } page ? Answers.Page(http, page)
            : Answers.Page(http, PlainPage.Write("No such page", $"Job {id} has no such page."), StatusCodes.Status404NotFound);
    }

    /// <summary>Where a list goes on, as its address says; null begins.</summary>
    internal static bool TryReadAfter(HttpContext http, out int? after, [NotNullWhen(false)] out IResult? wrong)
    {
        (after, wrong) = (null, null);
        if (http.Request.Query["after"] is not [{ Length: > 0 } given, ..])
        {
            return true;
        }
        if (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == int.MaxValue)
        {
            wrong = Wrong(http, [new Problem("after", given, "a whole number that a list gave out as its next place")]);
            return false;
        }
        after = number;
        return true;
    }

    private static IResult Page(HttpContext http, long id, ServeNode served, CardDoor cards)
    {
        var (lists, page) = (served.Node.Lists, new PageId(id));
        var visits = lists.ReadPage(page) is null ? [] : lists.ReadVisitsOf(page, MostVisits);
        if (lists.ReadPage(page) is not { } view || visits.Count == 0)
        {
            return Answers.Page(http, PlainPage.Write("No such page", $"No visit of a page {id} is kept here."), StatusCodes.Status404NotFound);
        }
        var (job, visit) = visits[0];
        var sources = visit.Class == StatusClass.Broken ? served.Node.Reports.ReadSources(job, page, MostSources, null) : [];
        var chain = visit.Class == StatusClass.Redirected ? lists.ReadChain(job, page) : [];
        return Answers.Page(http, OnePage.Write(new PageReading(view, visits, lists.ReadDetails(job, page), sources, lists.ReadFoundOn(job, page), chain) { Views = served.Node.Access.ReadViews($"/pages/{id}") }, cards.Meta(http, CardSubject.Of(page), true)));
    }

    private static VisitView? VisitOf(INode node, JobId job, PageId page) =>
        node.Reads.ReadVisits(job, null, 1, new PageId(page.Value - 1)) is [var visit] && visit.Page == page ? visit : null;

    internal static IResult NoSuchJob(HttpContext http, long id) =>
        Answers.Page(http, PlainPage.Write("No such job", $"There is no job {id} here."), StatusCodes.Status404NotFound);

    private static IResult Wrong(HttpContext http, IReadOnlyList<Problem> problems) =>
        Answers.Page(http, PlainPage.Write("That address is not right", string.Join(" ", problems.Select(problem => problem.ToString()))), StatusCodes.Status400BadRequest);
}
