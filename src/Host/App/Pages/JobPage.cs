using System.Globalization;
using Amble.App.Cli;
using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary><c>/jobs/{id}</c>: how far a crawl is, and what it found that somebody should look at.</summary>
public static class JobPage
{
    private const int RefreshSeconds = 3;
    private const int SourcesInSight = 5;

    /// <param name="events">Where the job's events are from what is shown here on.</param>
    public static string Write(JobSummary job, NewJob asked, JobFindings findings, IReadOnlyList<VisitView> redirected, IReadOnlyList<VisitView> unknown, string? events)
    {
        var open = !job.HasEnded;
        return Layout.Write($"{job.Start} ({job.State})", Html.Of($"""
            <h1>{job.Start}</h1>
            <p class="lead">{Parts.LiveChip(job.State)} Job {job.Job.ToString()} on <a href="/sites/{asked.Start.Domain.Value}">{asked.Start.Domain.Value}</a>, created {Parts.When(job.CreatedAt)}{Took(job)}.</p>
            {Reason(job)}
            {(open ? UnderWay(job) : Html.None)}
            {Sums(job)}
            {(open ? Found() : Html.None)}
            {Broken(job, findings)}
            {Refused(job, findings)}
            {Visits("Unknown", "No answer in time or a cut connection, after all retries; or not asked before the job ended.", unknown, job.Unknown, Outcome)}
            {Visits("Redirected", "Where the site sends its readers elsewhere.", redirected, job.Redirected, Target)}
            {Excluded(job, findings)}
            {SitemapPart.Write(findings.Sitemaps)}
            {Limits(asked)}
            """), open ? RefreshSeconds : null, open ? events : null);
    }

    private static Html Took(JobSummary job) => job.Seconds > 0 ? Html.Of($""", crawled for {Quantity.Span(TimeSpan.FromSeconds(job.Seconds))}""") : Html.None;

    private static Html Reason(JobSummary job)
    {
        var resumes = job.ResumeAt is { } at && !job.HasEnded ? Html.Of($""" Resumes at {Parts.When(at)}.""") : Html.None;
        return job.Reason is null && job.ResumeAt is null ? Html.None : Html.Of($"""<p>{job.Reason ?? ""}{resumes}</p>""");
    }

    private static Html UnderWay(JobSummary job) => Html.Of($"""
        <p><progress data-live="progress" value="{job.Done.ToString()}" max="{Math.Max(1, job.Done + job.Pending).ToString()}" aria-label="Progress"></progress></p>
        <p><span data-live="done">{job.Done}</span> done, <span data-live="pending">{job.Pending}</span> open so far. <span data-live="doing">{Doing(job)}</span></p>
        <p class="none" role="status" aria-live="polite" data-live="status"></p>
        """);

    /// <summary>What the page's script fills while it is looked at; nobody sees it before.</summary>
    private static Html Found() => Html.Of($"""<section data-live="found" hidden><h2>Just found</h2><ul data-live="visits"></ul></section>""");

    /// <summary>What is going on just now, in a few sentences; empty while the site is asleep.</summary>
    public static string Doing(JobSummary job) => job.Now is null ? ""
        : Sentence(job.Now.Doing) + string.Create(CultureInfo.InvariantCulture, $" {Sentence(job.Now.Pace).TrimEnd('.')}, {job.Now.InFlight} in flight.");

    public static string Sentence(string doing) => doing.Length == 0 ? "" : char.ToUpperInvariant(doing[0]) + doing[1..].TrimEnd('.') + ".";

    private static Html Sums(JobSummary job) => Html.Of($"""
        <dl class="sums">{Sum("pages", job.Pages)}{Sum("ok", job.Ok)}{Sum("broken", job.Broken, "bad")}{Sum("refused", job.Refused, "warn")}{Sum("redirected", job.Redirected)}{Sum("unknown", job.Unknown, "warn")}{Sum("excluded", job.Excluded)}{Sum("requests", job.Requests)}{Sum("retries", job.Retries)}{Sum("throttled", job.Throttled)}<div><dt>received</dt><dd data-live="bytes">{Quantity.Bytes(job.Bytes)}</dd></div></dl>
        """);

    private static Html Sum(string name, long count, string colour = "") => Html.Of($"""
        <div class="{(count > 0 ? colour : "")}"{(colour.Length > 0 ? Html.Of($""" data-tone="{colour}" """) : Html.None)}><dt>{name}</dt><dd data-live="{name}">{count}</dd></div>
        """);

    private static Html Broken(JobSummary job, JobFindings findings)
    {
        if (job.Broken == 0)
        {
            return job.HasEnded && job.Ok > 0 ? Html.Of($"""<h2 id="broken">Broken</h2><p class="none">No broken links.</p>""") : Html.None;
        }
        var rows = findings.Broken.Select(page => Html.Of($"""
            <tr><td class="k"><span class="chip bad">{page.Outcome}</span></td><td class="u">{Parts.Outward(page.Url)}{Sources(page)}</td></tr>
            """));
        return Html.Of($"""
            <h2 id="broken">Broken</h2>
            <div class="scroll"><table><caption>Pages that cannot be reached, with the pages that link to them{Cut(findings.Broken.Count, job.Broken)}</caption>
            <thead><tr><th scope="col" class="k">Answer</th><th scope="col">Page and where it is linked</th></tr></thead><tbody>{rows}</tbody></table></div>
            """);
    }

    private static Html SourceItem(Source source)
    {
        var anchor = string.IsNullOrWhiteSpace(source.Anchor) ? Html.None : Html.Of($""" as <q>{source.Anchor}</q>""");
        return Html.Of($"""<li>linked from {Parts.Outward(source.Page)}{anchor}</li>""");
    }

    private static Html Sources(BrokenPage page)
    {
        var unlisted = page.SourceCount - page.Sources.Count;
        var last = unlisted > 0 ? Html.Of($"""<li>and from {Quantity.Of(unlisted, "more page")}</li>""") : Html.None;
        var inSight = page.Sources.Take(SourcesInSight).Select(SourceItem);
        return page.Sources.Count <= SourcesInSight
            ? Html.Of($"""<ul>{inSight}{last}</ul>""")
            : Html.Of($"""
                <ul>{inSight}</ul>
                <details><summary>and from {Quantity.Of(page.SourceCount - SourcesInSight, "more page")}</summary><ul>{page.Sources.Skip(SourcesInSight).Select(SourceItem)}{last}</ul></details>
                """);
    }

    private static Html Refused(JobSummary job, JobFindings findings)
    {
        if (job.Refused == 0)
        {
            return Html.None;
        }
        var rows = findings.Refused.Select(page => Html.Of($"""<tr><td class="k"><span class="chip warn">{page.Outcome}</span></td><td class="u">{Parts.Outward(page.Url)}</td></tr>"""));
        return Html.Of($"""
            <h2>Refused</h2>
            <div class="scroll"><table><caption>Not broken: the site did not want to answer us{Cut(findings.Refused.Count, job.Refused)}</caption>
            <thead><tr><th scope="col" class="k">Answer</th><th scope="col">Page</th></tr></thead><tbody>{rows}</tbody></table></div>
            """);
    }

    private static Html Visits(string title, string caption, IReadOnlyList<VisitView> visits, long count, Func<VisitView, Html> what)
    {
        if (count == 0)
        {
            return Html.None;
        }
        var rows = visits.Select(visit => Html.Of($"""<tr><td class="k"><span class="chip">{VisitWords.Outcome(visit.Status, null)}</span></td><td class="u">{Parts.Outward(visit.Url.Text)}{what(visit)}</td></tr>"""));
        return Html.Of($"""
            <h2>{title}</h2>
            <div class="scroll"><table><caption>{caption}{Cut(visits.Count, count)}</caption>
            <thead><tr><th scope="col" class="k">Answer</th><th scope="col">Page</th></tr></thead><tbody>{rows}</tbody></table></div>
            """);
    }

    private static Html Target(VisitView visit) => visit.RedirectTo is { } to ? Html.Of($"""<ul><li>to {Parts.Outward(to.Text)}</li></ul>""") : Html.None;

    private static Html Outcome(VisitView visit) => visit.Error is { } error ? Html.Of($"""<ul><li>{error}</li></ul>""") : Html.None;

    private static Html Excluded(JobSummary job, JobFindings findings)
    {
        if (findings.Excluded.Count == 0)
        {
            return Html.None;
        }
        var rows = findings.Excluded.Select(excluded => Html.Of($"""
            <tr><td class="k">{excluded.Reason}</td><td class="n">{excluded.Count}</td><td class="u"><ul>{excluded.Examples.Select(example => Html.Of($"""<li>{example}</li>"""))}</ul></td></tr>
            """));
        return Html.Of($"""
            <h2>Not asked for</h2>
            <div class="scroll"><table><caption>{job.Excluded} URLs that robots.txt or a limit of this job keeps out</caption>
            <thead><tr><th scope="col" class="k">Reason</th><th scope="col" class="n">URLs</th><th scope="col">Examples</th></tr></thead><tbody>{rows}</tbody></table></div>
            """);
    }

    private static Html Limits(NewJob asked)
    {
        var limits = new List<string>();
        limits.AddRange(asked.Limits.MaxPages is { } pages ? [$"at most {Quantity.Of(pages, "page")}"] : []);
        limits.AddRange(asked.Limits.MaxDepth is { } depth ? [$"at most {Quantity.Of(depth, "link")} away from the start"] : []);
        limits.AddRange(asked.Limits.Include.Select(glob => $"only {glob}"));
        limits.AddRange(asked.Limits.Exclude.Select(glob => $"without {glob}"));
        limits.AddRange(asked.Unpaced ? ["without a pace"] : []);
        return limits.Count == 0 ? Html.None : Html.Of($"""<h2>Limits</h2><p>{string.Join(", ", limits)}</p>""");
    }

    private static string Cut(int shown, long all) => shown < all ? $"; the first {shown} of {Quantity.Number(all)}" : "";
}
