using Amble.App.Cli;
using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>Pieces that several pages are made of.</summary>
public static class Parts
{
    /// <summary>A job's state, coloured by what it asks of the reader; the word itself says it too.</summary>
    public static Html Chip(string state) => Html.Of($"""<span class="chip {Colour(state)}">{state}</span>""");

    /// <summary>The same of a job under way, where its state is shown as it changes.</summary>
    public static Html LiveChip(string state) => Html.Of($"""<span class="chip {Colour(state)}" data-live="state">{state}</span>""");

    /// <summary>A link out to a crawled page, with no trace of who looked.</summary>
    public static Html Outward(string url) => Html.Of($"""<a href="{url}" rel="noreferrer nofollow">{url}</a>""");

    public static Html When(DateTimeOffset at) => Html.Of($"""<time datetime="{at.UtcDateTime.ToString("s")}Z">{Quantity.Instant(at)}</time>""");

    public static Html Number(long count, string colour) => count == 0 || colour.Length == 0
        ? Html.Of($"""{count}""") : Html.Of($"""<span class="chip {colour}">{count}</span>""");

    /// <summary>A page that was asked for: its own page here, and beside it the way to the page itself.</summary>
    public static Html Page(PageId page, PageUrl url, PageUrl start, string? title = null)
    {
        var named = string.IsNullOrWhiteSpace(title) ? Html.None : Html.Of($"""<span class="title">{title}</span>""");
        return Html.Of($"""{named}<a class="url" href="/pages/{page.Value.ToString()}">{Named(url, start)}</a> {Away(url.Text)}""");
    }

    /// <summary>A link out to a crawled page; a page of the origin where the crawl began is named by its path alone.</summary>
    public static Html Outward(PageUrl url, PageUrl start) => Html.Of($"""<a href="{url.Text}" rel="noreferrer nofollow">{Named(url, start)}</a>""");

    /// <summary>How a page is named beside others of the same crawl.</summary>
    public static string Named(PageUrl url, PageUrl start) => url.Origin == start.Origin ? url.PathAndQuery : url.Text;

    /// <summary>The way to a crawled page, as an arrow beside its name.</summary>
    public static Html Away(string url) => Html.Of($"""<a class="away" href="{url}" rel="noreferrer nofollow" aria-label="Open {url}">↗</a>""");

    /// <summary>What a visit came to, as a chip.</summary>
    public static Html Outcome(StatusClass of, int? status, string? error) => Html.Of($"""<span class="chip {ClassLook.Tone(of)}">{VisitWords.Outcome(status, error)}</span>""");

    public static string Milliseconds(int milliseconds) => milliseconds < 10_000 ? Quantity.Number(milliseconds) + " ms" : Quantity.Span(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Jobs as a table, the same on the home page and on a site's page.</summary>
    public static Html Jobs(IEnumerable<JobSummary> jobs, string caption) => Html.Of($"""
        {Bars.Textures}
        <div class="scroll"><table class="stack jobs"><caption>{caption}</caption>
        <thead><tr><th scope="col">Start URL</th><th scope="col">State</th><th scope="col" class="n">Pages</th><th scope="col" class="n">Broken</th><th scope="col" class="n">Refused</th><th scope="col" class="b">Share</th><th scope="col" class="t">Created</th></tr></thead>
        <tbody>{jobs.Select(JobRow)}</tbody></table></div>
        """);

    private static Html JobRow(JobSummary job) => Html.Of($"""
        <tr><td class="u"><a href="/jobs/{job.Job.ToString()}">{job.Start}</a></td><td>{Chip(job.State)}</td><td class="n" data-label="Pages">{job.Pages}</td><td class="n" data-label="Broken">{Number(job.Broken, "bad")}</td><td class="n" data-label="Refused">{Number(job.Refused, "warn")}</td><td class="b">{Bars.Stacked(Classes(job), job.Done)}</td><td class="t">{When(job.CreatedAt)}</td></tr>
        """);

    private static IReadOnlyList<BarPart> Classes(JobSummary job) =>
        [new("ok", job.Ok, "ok"), new("redirected", job.Redirected, "redirected"), new("refused", job.Refused, "refused"), new("unknown", job.Unknown, "unknown"), new("broken", job.Broken, "broken")];

    private static string Colour(string state) => state switch
    {
        "completed" => "good",
        "failed" or "blocked" => "bad",
        "parked" or "cancelled" => "warn",
        _ => "",
    };
}
