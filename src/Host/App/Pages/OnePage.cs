using Amble.App.Cards;
using Amble.App.Cli;
using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>What is known of one page.</summary>
/// <param name="Visits">What became of it in the newest jobs, newest first; at least one.</param>
/// <param name="Details">Of the newest visit; null when they have expired.</param>
/// <param name="Sources">Of a broken page: who links to it.</param>
/// <param name="FoundOn">Where the newest job found it first.</param>
public sealed record PageReading(
    PageView Page, IReadOnlyList<(JobId Job, VisitView Visit)> Visits, VisitDetails? Details, IReadOnlyList<ReportSource> Sources, ReportSource? FoundOn, IReadOnlyList<ReportHop> Chain)
{
    /// <summary>Of this page of ours about it.</summary>
    public Views Views { get; init; }
}

/// <summary><c>/pages/{id}</c>: one URL, as the newest job found it.</summary>
public static class OnePage
{
    public static string Write(PageReading read, CardMeta? card = null)
    {
        var (job, visit) = read.Visits[0];
        var title = string.IsNullOrWhiteSpace(visit.Title) ? read.Page.Url.Text : visit.Title;
        return Layout.Write(title, Html.Of($"""
            {Bars.Textures}
            <p class="trail"><a href="/">Jobs</a> <span aria-hidden="true">/</span> <a href="/jobs/{job.ToString()}">Job {job.ToString()}</a> <span aria-hidden="true">/</span> Page</p>
            <h1>{title}</h1>
            <p class="lead"><span class="url">{Parts.Outward(read.Page.Url.Text)}</span></p>
            {Told(visit)}
            <div class="halves">{Facts(visit)}{Time(visit, read.Details)}</div>
            {Chain(read)}
            {LinkedFrom(job, read)}
            {OutlinksPart.Write(read.Details, visit.Outlinks, read.Page.Url)}
            {Visits(read.Visits)}
            {Headers(read.Details)}
            {ViewsPart.Write(read.Views)}
            """), meta: card?.Write(title, $"{Words(visit.Class)} {read.Page.Url.Text}", $"{title}. {Words(visit.Class)}") ?? Html.None);
    }

    /// <summary>What it comes to, in one sentence each.</summary>
    private static Html Told(VisitView visit)
    {
        var words = Words(visit.Class);
        var tone = ClassLook.Tone(visit.Class);
        return Html.Of($"""<section class="verdict {(tone.Length > 0 ? tone : "calm")}" aria-label="Verdict"><p class="headline">{Parts.Outcome(visit.Class, visit.Status, visit.Error)} {words}</p><p>{(visit.Status is null ? "" : visit.Error)} {Indexability(visit)}</p></section>""");
    }

    private static string Words(StatusClass visited) => visited switch
    {
        StatusClass.Ok => "It can be read.",
        StatusClass.Redirected => "It sends its readers elsewhere.",
        StatusClass.Refused => "The site did not want to answer us.",
        StatusClass.Broken => "It cannot be reached.",
        _ => "It is not known whether it can be read.",
    };

    private static string Indexability(VisitView visit) => visit switch
    {
        { Class: not StatusClass.Ok } => "",
        { NoIndex: true, NoFollow: true } => "Search engines may neither show it nor follow its links: it says noindex and nofollow.",
        { NoIndex: true } => "Search engines may not show it: it says noindex.",
        { Canonical: { } canonical } when canonical != visit.Url.Text => $"Search engines are asked to show another page in its place: {canonical}",
        { NoFollow: true } => "Search engines may show it, but its links were not followed: it says nofollow.",
        _ => "Search engines may show it.",
    };

    private static Html Facts(VisitView visit)
    {
        var rows = new List<(string Name, Html Value)>
        {
            ("Title", Text(visit.Title)), ("Description", Text(visit.Description)), ("Main heading", visit.Headings > 1 ? Html.Of($"""{visit.Heading} <span class="none">and {visit.Headings - 1} more</span>""") : Text(visit.Heading)),
            ("Words", Html.Of($"""{visit.Words}""")), ("Canonical", visit.Canonical is { } canonical ? canonical == visit.Url.Text ? Html.Of($"""itself""") : Parts.Outward(canonical) : Text(null)),
            ("Type", Text(visit.ContentType)), ("Size", Html.Of($"""{Quantity.Bytes(visit.Bytes)}""")), ("Links away from the start", Html.Of($"""{visit.Depth}""")),
            ("Links on it", Html.Of($"""{visit.Outlinks}""")), ("Pages that link to it", visit.Inlinks is { } inlinks ? Html.Of($"""{inlinks}""") : Html.Of($"""<span class="none">known when the job has ended</span>""")),
            ("Cache", Html.Of($"""{Cache(visit)}""")),
        };
        return Html.Of($"""
            <section aria-labelledby="facts"><h2 id="facts">What it says</h2>
            <table class="facts"><caption class="hidden">What the page says of itself</caption><tbody>{rows.Select(row => Html.Of($"""<tr><th scope="row">{row.Name}</th><td class="u">{row.Value}</td></tr>"""))}</tbody></table></section>
            """);
    }

    private static Html Text(string? text) => string.IsNullOrWhiteSpace(text) ? Html.Of($"""<span class="none">none</span>""") : Html.Of($"""{text}""");

    private static string Cache(VisitView visit)
    {
        var first = CacheWords.Of(visit.Cache) + (visit.NotModified ? ", unchanged since the last crawl" : "");
        return visit.Warm is { } warm ? $"{first}; at the second visit {CacheWords.Of(warm.Cache)}, in {Parts.Milliseconds(warm.Milliseconds)}" : first;
    }

    private static Html Time(VisitView visit, VisitDetails? details)
    {
        var bar = details is null ? Html.Of($"""<p class="none">Where the time went is not kept any more.</p>""")
            : Html.Of($"""{PhasesBar.Write(details.Phases, PhasesBar.Sum(details.Phases))}{PhasesBar.Legend}""");
        return Html.Of($"""
            <section aria-labelledby="time"><h2 id="time">Time</h2>
            <p class="big">{Parts.Milliseconds(visit.Milliseconds)}</p>{bar}<p class="sub">Asked {Parts.When(visit.StartedAt)}, {Quantity.Of(visit.Tries, "try", "tries")}.</p></section>
            """);
    }

    private static Html Chain(PageReading read) => read.Chain.Count == 0 ? Html.None : Html.Of($"""
        <section aria-labelledby="chain"><h2 id="chain">Where it leads</h2>{RedirectPart.Chain(read.Chain, read.Page.Url)}</section>
        """);

    private static Html LinkedFrom(JobId job, PageReading read)
    {
        if (read.Sources.Count == 0)
        {
            return read.FoundOn is { } first ? Html.Of($"""<section aria-labelledby="from"><h2 id="from">Linked from</h2><p>Found first on {BrokenPart.Source(first.Page, first.Anchor, read.Page.Url)}.</p></section>""") : Html.None;
        }
        return Html.Of($"""
            <section aria-labelledby="from"><h2 id="from">Linked from</h2>
            <ul class="plain">{read.Sources.Select(source => Html.Of($"""<li>{BrokenPart.Source(source.Page, source.Anchor, read.Page.Url)}</li>"""))}</ul>
            <p class="more"><a href="/jobs/{job.ToString()}/broken/{read.Page.Page.Value.ToString()}">All pages that link to it</a></p></section>
            """);
    }

    private static Html Visits(IReadOnlyList<(JobId Job, VisitView Visit)> visits) => Html.Of($"""
        <section aria-labelledby="visits"><h2 id="visits">In the newest jobs</h2>
        <div class="scroll"><table class="narrow"><caption class="hidden">What became of it, newest first</caption><thead><tr><th scope="col" class="n">Job</th><th scope="col" class="k">Answer</th><th scope="col" class="n">Time</th><th scope="col" class="n">Size</th><th scope="col" class="t">Asked</th></tr></thead>
        <tbody>{visits.Select(one => Html.Of($"""<tr><td class="n"><a href="/jobs/{one.Job.ToString()}">{one.Job.ToString()}</a></td><td class="k">{Parts.Outcome(one.Visit.Class, one.Visit.Status, one.Visit.Error)}</td><td class="n">{Parts.Milliseconds(one.Visit.Milliseconds)}</td><td class="n">{Quantity.Bytes(one.Visit.Bytes)}</td><td class="t">{Parts.When(one.Visit.StartedAt)}</td></tr>"""))}</tbody></table></div></section>
        """);

    private static Html Headers(VisitDetails? details) => details is not { Headers.Length: > 0 } ? Html.None : Html.Of($"""
        <section class="headers" aria-label="Headers"><details><summary>Headers of the answer</summary><pre><code>{details.Headers}</code></pre></details></section>
        """);
}
