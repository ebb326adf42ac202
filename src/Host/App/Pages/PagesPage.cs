using Amble.App.Cli;
using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary><c>/jobs/{id}/pages</c>: the pages of a job, filtered, searched, sorted, in steps.</summary>
public static class PagesPage
{
    public static string Write(JobSummary job, NewJob asked, PageQuery query, PageList list) => Layout.Write($"Pages of {job.Start}", Html.Of($"""
        {JobHead.Write(job, "/pages", JobPage.Lead(job, asked))}
        {Form(job, query)}
        {Told(query, list)}
        {(list.Visits.Count == 0 ? Empty(query, list) : Table(asked.Start, list))}
        {Steps(job, query, list)}
        """));

    /// <summary>The address of a list; what is as usual is left out, so that each list has one address.</summary>
    public static string Address(long job, PageQuery query)
    {
        var fields = new List<string>();
        fields.AddRange(query.Only is { } only ? [$"class={ClassLook.Name(only)}"] : []);
        fields.AddRange(query.Issue is { } issue ? [$"issue={IssueWords.Name(issue)}"] : []);
        fields.AddRange(query.Search is { } search ? [$"q={Uri.EscapeDataString(search)}"] : []);
        fields.AddRange(query.Sort != PageSort.Found ? [$"sort={SortWords.Name(query.Sort)}"] : []);
        fields.AddRange(query.After is { } after ? [$"after={after}"] : []);
        return $"/jobs/{job}/pages{(fields.Count > 0 ? "?" : "")}{string.Join('&', fields)}";
    }

    private static Html Form(JobSummary job, PageQuery query)
    {
        var issue = query.Issue is { } kept ? Html.Of($"""<input type="hidden" name="issue" value="{IssueWords.Name(kept)}">""") : Html.None;
        return Html.Of($"""
            <form class="filter" method="get" action="/jobs/{job.Job.ToString()}/pages" role="search">
            <label>Search <input type="search" name="q" value="{query.Search}" maxlength="200" placeholder="Part of a URL or title"></label>
            <label>Class <select name="class"><option value="">all {job.Done}</option>{ClassLook.All.Select(one => Option(ClassLook.Name(one), $"{ClassLook.Name(one)} {Quantity.Number(Count(job, one))}", one == query.Only))}</select></label>
            {(query.Issue is null ? Html.Of($"""<label>Order <select name="sort">{SortWords.All.Select(one => Option(SortWords.Name(one), SortWords.Words(one), one == query.Sort))}</select></label>""") : issue)}
            <button type="submit">Show</button>
            </form>
            """);
    }

    private static Html Option(string value, string words, bool isChosen) =>
        isChosen ? Html.Of($"""<option value="{value}" selected>{words}</option>""") : Html.Of($"""<option value="{value}">{words}</option>""");

    private static Html Told(PageQuery query, PageList list)
    {
        var issue = query.Issue is { } of ? Html.Of($"""<p class="chosen">Only pages with: <strong>{IssueWords.Words(of)}</strong></p>""") : Html.None;
        var old = query.Issue is null && list.Sort != query.Sort
            ? Html.Of($"""<p class="note">This job was crawled by an older Amble, which kept no such order. Its pages are listed as they were found.</p>""") : Html.None;
        return Html.Of($"""{issue}{old}""");
    }

    private static Html Empty(PageQuery query, PageList list) => list.Next is not null
        ? Html.Of($"""<p class="none">Nothing among the pages looked at so far; there are more.</p>""")
        : Html.Of($"""<p class="none">{(query.Search is null && query.Only is null && query.Issue is null ? "No page has been visited yet." : "No such pages.")}</p>""");

    private static Html Table(PageUrl start, PageList list) => Html.Of($"""
        <div class="scroll"><table class="stack pages"><caption class="hidden">Pages, {SortWords.Words(list.Sort)}</caption>
        <thead><tr><th scope="col" class="k">Answer</th><th scope="col">Page</th>{Column("Time", PageSort.Slowest, list.Sort)}{Column("Size", PageSort.Largest, list.Sort)}{Column("Depth", PageSort.Deepest, list.Sort)}</tr></thead>
        <tbody>{list.Visits.Select(visit => Row(visit, start))}</tbody></table></div>
        """);

    private static Html Column(string name, PageSort sort, PageSort now) =>
        sort == now ? Html.Of($"""<th scope="col" class="n" aria-sort="descending">{name} ▾</th>""") : Html.Of($"""<th scope="col" class="n">{name}</th>""");

    private static Html Row(VisitView visit, PageUrl start)
    {
        var to = visit.RedirectTo is { } target ? Html.Of($"""<ul><li>to {Parts.Outward(target, start)}</li></ul>""") : Html.None;
        return Html.Of($"""
            <tr><td class="k">{Parts.Outcome(visit.Class, visit.Status, visit.Error)}</td><td class="u">{Parts.Page(visit.Page, visit.Url, start, visit.Title)}{to}</td><td class="n" data-label="Time">{Parts.Milliseconds(visit.Milliseconds)}</td><td class="n" data-label="Size">{Quantity.Bytes(visit.Bytes)}</td><td class="n" data-label="Depth">{visit.Depth}</td></tr>
            """);
    }

    private static Html Steps(JobSummary job, PageQuery query, PageList list)
    {
        var first = query.After is null ? Html.None : Html.Of($"""<a href="{Address(job.Job, query with { After = null })}">From the start</a>""");
        var next = list.Next is { } after ? Html.Of($"""<a class="next" rel="next" href="{Address(job.Job, query with { Sort = list.Sort, After = after })}">{(list.Visits.Count == 0 ? "Look further" : "Next pages")}</a>""") : Html.None;
        var rows = query.Only is { } only ? $"&class={ClassLook.Name(only)}" : "";
        return Html.Of($"""<nav class="steps" aria-label="More pages">{first}{next}<a class="file" href="/api/jobs/{job.Job.ToString()}/pages?format=csv{rows}">{(query.Only is { } of ? $"All {ClassLook.Name(of)} pages" : "All pages")} as CSV</a></nav>""");
    }

    private static long Count(JobSummary job, StatusClass of) => of switch
    {
        StatusClass.Ok => job.Ok,
        StatusClass.Redirected => job.Redirected,
        StatusClass.Refused => job.Refused,
        StatusClass.Broken => job.Broken,
        _ => job.Unknown,
    };
}
