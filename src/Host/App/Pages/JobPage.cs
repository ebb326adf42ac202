using System.Globalization;
using Amble.App.Cards;
using Amble.App.Cli;
using Amble.App.Http;
using Amble.Behaviours.Jobs;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary><c>/jobs/{id}</c>: how a crawl went, in words first, then what to mend, then numbers, charts and lists.</summary>
public static class JobPage
{
    private const int RefreshSeconds = 3;

    /// <param name="events">Where the job's events are from what is shown here on.</param>
    /// <param name="card">What it shows where a link to it is shared.</param>
    public static string Write(JobReading read, string events, CardMeta? card = null)
    {
        var job = read.Job;
        var open = !job.HasEnded;
        var mends = MendRule.Of(read);
        var verdict = VerdictRule.Of(job, mends);
        return Layout.Write($"{job.Start} ({job.State})", Html.Of($"""
            {Bars.Textures}
            {JobHead.Write(job, "", Lead(read))}
            {MendPart.Verdict(verdict)}
            {AskAgain(job)}
            {(open ? UnderWay(job) : Html.None)}
            {MendPart.Write(mends)}
            {SumsPart.Write(job, read.Counts)}
            {Charts(read)}
            {Broken(read)}
            {Slow(read)}
            {Redirects(read)}
            {Visits("refused", "Refused", read.Refused, job.Refused, "Not broken: the site did not want to answer us", read)}
            {Visits("unknown", "Unknown", read.Unknown, job.Unknown, "No answer in time or a cut connection, after all tries; or not asked before the job ended", read)}
            {ExcludedPart.Write(read.Excluded, job.Excluded)}
            {SitemapPart.Write(read.Sitemaps)}
            {Limits(read.Asked)}
            {ViewsPart.Write(read.Views)}
            """), open ? RefreshSeconds : null, open ? events : null, Meta(card, read.Asked.Start.Domain.Value, verdict));
    }

    private static Html Meta(CardMeta? card, string host, Verdict verdict) =>
        card?.Write($"{host}: {verdict.Headline}", verdict.Sentence, $"A crawl of {host}. {verdict.Headline}") ?? Html.None;

    /// <summary>What is going on just now, in a few sentences; empty while the site is asleep.</summary>
    public static string Doing(JobSummary job) => job.Now is null or { Doing: DomainProtocol.Status.WakingUp } ? ""
        : Sentence(job.Now.Doing) + string.Create(CultureInfo.InvariantCulture, $" {Sentence(job.Now.Pace).TrimEnd('.')}, {job.Now.InFlight} in flight.");

    public static string Sentence(string doing) => doing.Length == 0 ? "" : char.ToUpperInvariant(doing[0]) + doing[1..].TrimEnd('.') + ".";

    /// <summary>Where the site is, when this was, and how long it took.</summary>
    public static Html Lead(JobReading read) => Lead(read.Job, read.Asked);

    public static Html Lead(JobSummary job, NewJob asked)
    {
        var took = job.Seconds > 0 ? Html.Of($""", crawled for {Quantity.Span(TimeSpan.FromSeconds(job.Seconds))}""") : Html.None;
        var resumes = job.ResumeAt is { } at && !job.HasEnded ? Html.Of($""". Resumes at {Parts.When(at)}""") : Html.None;
        var reason = job is { Reason: { } why, State: "completed" or "cancelled" or "running" } ? Html.Of($""" {why}""") : Html.None;
        return Html.Of($"""On <a href="/sites/{asked.Start.Domain.Value}">{asked.Start.Domain.Value}</a>, begun {Parts.When(job.CreatedAt)}{took}{resumes}.{reason}""");
    }

    private static Html AskAgain(JobSummary job) => job.State is not ("blocked" or "failed") ? Html.None : Html.Of($"""
        <p>To ask again for what was not answered: <code>amble retry {job.Job.ToString()}</code>, or <code>POST /api/jobs/{job.Job.ToString()}/retry</code>.</p>
        """);

    private static Html UnderWay(JobSummary job) => Html.Of($"""
        <section class="now" aria-label="Progress">
        <progress data-live="progress" value="{job.Done.ToString()}" max="{Math.Max(1, job.Done + job.Pending).ToString()}" aria-label="Progress"></progress>
        <p><span data-live="done">{job.Done}</span> done, <span data-live="pending">{job.Pending}</span> open so far. <span data-live="doing">{Doing(job)}</span></p>
        <p class="none" role="status" aria-live="polite" data-live="status"></p>
        <section data-live="found" hidden><h2>Just found</h2><ul class="found" data-live="visits"></ul></section>
        </section>
        """);

    private static Html Charts(JobReading read)
    {
        var charts = new[] { DepthChart.Write(read.Sums), TimesChart.Write(read.Sums), CacheChart.Write(read) };
        return charts.All(chart => chart.ToString().Length == 0) ? Html.None : Html.Of($"""<div class="charts">{charts}</div>""");
    }

    private static Html Broken(JobReading read)
    {
        var job = read.Job;
        if (job.Broken == 0)
        {
            return job.HasEnded && job.Ok > 0 ? Html.Of($"""<section aria-labelledby="broken"><h2 id="broken">Broken</h2><p class="none">No broken links.</p></section>""") : Html.None;
        }
        return Html.Of($"""
            <section aria-labelledby="broken"><h2 id="broken">Broken</h2>
            {BrokenPart.Table(new JobSpec(new JobId(job.Job), read.Asked), read.Broken, read.Sources, "Pages that cannot be reached, with the pages that link to them")}
            {More(read.Broken.Count, job.Broken, $"/jobs/{job.Job}/broken", "broken pages")}</section>
            """);
    }

    private static Html Slow(JobReading read) => read.Slow.Count == 0 ? Html.None : Html.Of($"""
        <section aria-labelledby="slow"><h2 id="slow">Slowest</h2>
        {SlowPart.Table(read.Slow, read.Asked.Start, "The pages that took longest, and where their time went")}
        <p class="more"><a href="/jobs/{read.Job.Job.ToString()}/slow">More slow pages</a></p></section>
        """);

    private static Html Redirects(JobReading read)
    {
        if (read.Job.Redirected == 0)
        {
            return Html.None;
        }
        // Circles, dead ends and chains first: one step is what a redirect is for.
        var shown = RedirectShape.WorstFirst(read.Redirects).Take(JobReading.Most).ToList();
        return Html.Of($"""
            <section aria-labelledby="redirects"><h2 id="redirects">Redirected</h2>
            {RedirectPart.Table(shown, read.Asked.Start, "Where the site sends its readers elsewhere, what is worst first")}
            {More(shown.Count, read.Job.Redirected, $"/jobs/{read.Job.Job}/redirects", "redirects")}</section>
            """);
    }

    private static Html Visits(string name, string title, IReadOnlyList<Behaviours.Ports.VisitView> visits, long count, string caption, JobReading read) => count == 0 ? Html.None : Html.Of($"""
        <section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>
        {VisitsPart.Table(visits, read.Asked.Start, caption)}
        {More(visits.Count, count, $"/jobs/{read.Job.Job}/pages?class={name}", $"{name} pages")}</section>
        """);

    private static Html More(int shown, long all, string path, string what) =>
        shown >= all ? Html.None : Html.Of($"""<p class="more"><a href="{path}">All {Quantity.Number(all)} {what}</a></p>""");

    private static Html Limits(NewJob asked)
    {
        var limits = new List<string>();
        limits.AddRange(asked.Limits.MaxPages is { } pages ? [$"at most {Quantity.Of(pages, "page")}"] : []);
        limits.AddRange(asked.Limits.MaxDepth is { } depth ? [$"at most {Quantity.Of(depth, "link")} away from the start"] : []);
        limits.AddRange(asked.Limits.Include.Select(glob => $"only {glob}"));
        limits.AddRange(asked.Limits.Exclude.Select(glob => $"without {glob}"));
        limits.AddRange(asked.Unpaced ? ["without a pace"] : []);
        return limits.Count == 0 ? Html.None : Html.Of($"""<section aria-labelledby="limits"><h2 id="limits">Limits</h2><p>{string.Join(", ", limits)}</p></section>""");
    }
}
