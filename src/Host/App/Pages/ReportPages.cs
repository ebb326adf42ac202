using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>The lists of a job's report in full, each on pages of its own: <c>/jobs/{id}/broken</c>, <c>/redirects</c>, <c>/slow</c>.</summary>
public static class ReportPages
{
    /// <summary>Rows of one page.</summary>
    public const int Most = 100;

    public static string Broken(JobSummary job, NewJob asked, IReadOnlyList<ReportPage> broken, IReadOnlyDictionary<PageId, IReadOnlyList<ReportSource>> sources, int? after) =>
        Write(job, asked, "/broken", "Broken pages", "No broken links.", broken, after, () => BrokenPart.Table(new JobSpec(new JobId(job.Job), asked), broken, sources, "Pages that cannot be reached, the most linked first"));

    public static string Redirects(JobSummary job, NewJob asked, IReadOnlyList<ReportPage> redirects, int? after) =>
        Write(job, asked, "/redirects", "Redirects", "No redirects.", redirects, after, () => RedirectPart.Table(redirects, asked.Start, "Where the site sends its readers elsewhere, with each step"));

    public static string Slow(JobSummary job, NewJob asked, IReadOnlyList<ReportPage> slow, int? after) =>
        Write(job, asked, "/slow", "Slow pages", "No page has been timed yet.", slow, after, () => SlowPart.Table(slow, asked.Start, "The pages that took longest, and where their time went"));

    /// <summary><c>/jobs/{id}/broken/{page}</c>: every page that links to one broken one.</summary>
    public static string Sources(JobSummary job, NewJob asked, VisitView target, IReadOnlyList<ReportSource> sources, int? after)
    {
        var own = $"/jobs/{job.Job}/broken/{target.Page.Value}";
        var rows = sources.Select(source => Html.Of($"""<tr><td class="n">{source.Number + 1}</td><td class="u">{Parts.Outward(source.Page, asked.Start)}</td><td class="u">{Anchor(source.Anchor)}</td></tr>"""));
        var table = sources.Count == 0
            ? Html.Of($"""<p class="none">{(after is null ? "No page of the crawl links to it any more, or which do is not known." : "That is the end of the list.")}</p>""")
            : Html.Of($"""
                <div class="scroll"><table><caption>Pages that link to it, in the order in which they were found</caption>
                <thead><tr><th scope="col" class="n">No.</th><th scope="col">Page</th><th scope="col">Words of the link</th></tr></thead><tbody>{rows}</tbody></table></div>
                """);
        return Layout.Write($"Links to {target.Url.Text}", Html.Of($"""
            {JobHead.Write(job, "/broken/", JobPage.Lead(job, asked))}
            <h2>{Parts.Outcome(target.Class, target.Status, target.Error)} {Parts.Page(target.Page, target.Url, asked.Start)}</h2>
            {table}
            {Steps(own, sources.Count, sources.Count > 0 ? sources[^1].Number : null, after)}
            """));
    }

    private static string Write(JobSummary job, NewJob asked, string here, string title, string nothing, IReadOnlyList<ReportPage> rows, int? after, Func<Html> table) =>
        Layout.Write($"{title} of {job.Start}", Html.Of($"""
            {Bars.Textures}
            {JobHead.Write(job, here, JobPage.Lead(job, asked))}
            {(rows.Count > 0 ? table() : Html.Of($"""<p class="none">{(after is null ? nothing : "That is the end of the list.")}</p>"""))}
            {Steps($"/jobs/{job.Job}{here}", rows.Count, rows.Count > 0 ? rows[^1].Rank : null, after)}
            """));

    private static Html Anchor(string words) => string.IsNullOrWhiteSpace(words) ? Html.Of($"""<span class="none">none</span>""") : Html.Of($"""<q>{words}</q>""");

    private static Html Steps(string path, int shown, int? last, int? after)
    {
        var first = after is null ? Html.None : Html.Of($"""<a href="{path}">From the start</a>""");
        var next = shown == Most && last is { } number ? Html.Of($"""<a class="next" rel="next" href="{path}?after={number.ToString()}">Next {Most}</a>""") : Html.None;
        return after is null && shown < Most ? Html.None : Html.Of($"""<nav class="steps" aria-label="More pages">{first}{next}</nav>""");
    }
}
