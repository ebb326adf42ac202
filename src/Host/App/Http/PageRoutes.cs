using Amble.App.Cards;
using Amble.App.Pages;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>The pages for people.</summary>
public static class PageRoutes
{
    private const int MostJobs = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", Home).ExcludeFromDescription();
        JobPageRoutes.Map(app);
        app.MapGet("/sites/{host}", SiteAsync).ExcludeFromDescription();
        app.MapGet("/bot", (HttpContext http, ServeNode served) => Answers.Page(http, BotPage.Write(served.Settings.Contact))).ExcludeFromDescription();
        foreach (var file in new[] { Style.File, Script.File, Icon.File })
        {
            app.MapGet(file.Path, (HttpContext http) => File(http, file)).ExcludeFromDescription();
        }
        app.MapFallback((HttpContext http) => Answers.Page(http, PlainPage.Write("Not found", $"There is no page {http.Request.Path}."), StatusCodes.Status404NotFound));
    }

    private static IResult Home(HttpContext http, ServeNode served, string? before = null)
    {
        JobId? last = long.TryParse(before, System.Globalization.NumberStyles.None, null, out var id) ? new JobId(id) : null;
        var jobs = served.Node.Reads.ReadJobs(MostJobs, last, null);
        return Answers.Page(http, HomePage.Write(jobs, jobs.Count == MostJobs ? jobs[^1].Job.Id : null, $"{http.Request.Scheme}://{http.Request.Host}"));
    }

    private static async Task<IResult> SiteAsync(HttpContext http, string host, ServeNode served, CardDoor cards, CancellationToken stop)
    {
        if (!DomainName.TryRead(host, out var domain))
        {
            return Answers.Page(http, PlainPage.Write("Not a host", $"'{host}' is not a host; allowed is HOST or HOST:PORT."), StatusCodes.Status400BadRequest);
        }
        var read = served.Node.Reads.ReadDomain(domain);
        var jobs = served.Node.Reads.ReadJobs(MostJobs, null, domain.Value);
        var now = await served.Node.Runtime.AskAsync(domain, stop);
        var known = jobs.Count > 0 || now is not null || read.Robots.Count > 0 || read.Memory.LastStartAt is not null;
        if (!known)
        {
            return Answers.Page(http, PlainPage.Write("Unknown site", $"{domain} has not been crawled from here."), StatusCodes.Status404NotFound);
        }
        var card = cards.Meta(http, served.Node.CardReads.FindSite(domain), jobs.Any(job => job.State >= JobState.Completed));
        return Answers.Page(http, SitePage.Write(domain, read, now, jobs, served.Node.Access.ReadViews($"/sites/{domain.Value}"), card));
    }

    private static IResult File(HttpContext http, StaticFile file)
    {
        // The address carries the text's hash, so what is kept never grows stale.
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text(file.Text, file.ContentType);
    }
}
