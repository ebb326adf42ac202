using Amble.App.Cards;
using Amble.App.Cli;
using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary><c>/sites/{host}</c>: what is known of a domain's patience, its robots rules, and its jobs.</summary>
public static class SitePage
{
    private const int LongestRobots = 4000;

    public static string Write(DomainName domain, DomainRead read, DomainProtocol.Status? now, IReadOnlyList<JobView> jobs, Views views, CardMeta? card = null) => Layout.Write(domain.Value, Html.Of($"""
        <h1>{domain.Value}</h1>
        <p class="lead">{(now is null ? "Asleep: nothing to ask for." : JobPage.Sentence(now.Doing))}</p>
        {Pace(read.Memory, now)}
        {(jobs.Count > 0 ? Html.Of($"""<h2>Jobs</h2>{Parts.Jobs(jobs.Select(job => JobSummary.Of(job, null)), "Newest first")}""") : Html.None)}
        <h2>robots.txt</h2>
        {(read.Robots.Count == 0 ? Html.Of($"""<p class="none">Not read yet.</p>""") : Html.Join(read.Robots.Select(Robots)))}
        {ViewsPart.Write(views)}
        """), meta: card?.Write($"{domain.Value}, crawled politely", Told(domain, jobs), $"How {domain.Value} is doing. {Told(domain, jobs)}") ?? Html.None);

    private static string Told(DomainName domain, IReadOnlyList<JobView> jobs) => jobs.FirstOrDefault(job => job.State >= JobState.Completed) is not { Counts: var counts }
        ? $"What Amble knows of {domain.Value}." : $"{Quantity.Of(counts.Visits, "page")} asked for, {Quantity.Number(counts.Ok)} well, {Quantity.Number(counts.Broken)} broken.";

    private static Html Pace(DomainMemory memory, DomainProtocol.Status? now)
    {
        var rows = new List<(string Name, Html Value)>
        {
            ("Delay between requests", Span(now?.Delay ?? memory.Delay)),
            ("Delay that held", Span(memory.Held)),
            ("Delay at which the site refused", Span(memory.Refused)),
            ("Crawl-delay of robots.txt", Span(now?.CrawlDelay)),
            ("Blocked until", memory.BlockedUntil is { } until ? Html.Of($"""{Parts.When(until)} {memory.BlockReason ?? ""}""") : Nothing),
            ("Last request", memory.LastStartAt is { } start ? Parts.When(start) : Nothing),
            ("Last good answer", memory.LastGoodAt is { } good ? Parts.When(good) : Nothing),
        };
        return Html.Of($"""
            <h2>Pace</h2>
            <table class="narrow"><caption>How this site is asked, learned from its answers</caption>
            <tbody>{rows.Select(row => Html.Of($"""<tr><th scope="row">{row.Name}</th><td class="n">{row.Value}</td></tr>"""))}</tbody></table>
            """);
    }

    private static Html Robots(RobotsRecord robots)
    {
        var said = robots.Status > 0 ? $"answered {robots.Status}" : VisitWords.Outcome(robots.Status, null);
        var means = robots.Reachable ? "" : ", so nothing may be asked for";
        var body = robots.Body is { Length: > 0 } text
            ? Html.Of($"""<pre><code>{(text.Length > LongestRobots ? text[..LongestRobots] + " …" : text)}</code></pre>""") : Html.None;
        return Html.Of($"""<p>{robots.Origin}/robots.txt {said}{means}, read {Parts.When(robots.FetchedAt)}, kept until {Parts.When(robots.ExpiresAt)}.</p>{body}""");
    }

    private static Html Nothing => Html.Of($"""<span class="none">none</span>""");

    private static Html Span(TimeSpan? span) => span is { } known ? Html.Of($"""{Seconds(known)}""") : Nothing;

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + " s";
}
