using Amble.App.Cli;
using Amble.App.Http;
using Amble.App.Live;
using Amble.Behaviours.Inspection;
using Amble.Behaviours.Politeness;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary><c>/jobs/{id}/politeness</c>: the proof for whoever owns the sites, a section for each domain that was asked (P-20+).</summary>
public static class PolitenessPage
{
    /// <summary>Domains on one page.</summary>
    public const int Most = 20;

    private const int RefreshSeconds = 10;
    private const int CountingSeconds = 2;

    /// <param name="after">The last rank of the page before; null begins.</param>
    /// <param name="remembered">What a domain remembers.</param>
    public static string Write(JobSummary job, NewJob asked, PolitenessTold told, int? after, Func<DomainName, DomainMemory> remembered)
    {
        var from = (after ?? -1) + 1;
        var shown = told.Read.Domains.Skip(from).Take(Most).ToList();
        return Page(job, asked, Html.Of($"""
            {Bars.Textures}
            {Verdict(job, asked, told)}
            {Overview(shown, from, told.Read.Domains.Count)}
            {shown.Select((of, at) => PolitenessPart.Write(of, from + at, told.Read.Domains.Count == 1, job.HasEnded ? null : remembered(of.Domain), told.At))}
            {Steps(job.Job, from, shown.Count, told.Read.Domains.Count)}
            {Small(job, told)}
            """), job.HasEnded ? null : RefreshSeconds);
    }

    /// <summary>The requests of a large job are still being counted.</summary>
    public static string Counting(JobSummary job, NewJob asked) => Page(job, asked, Html.Of($"""
        <p class="note" role="status">{Quantity.Of(job.Requests, "request")} are being counted; this page comes back with them by itself.</p>
        """), CountingSeconds);

    private static string Page(JobSummary job, NewJob asked, Html content, int? refresh) =>
        Layout.Write($"How politely {job.Start} was asked", Html.Of($"""{JobHead.Write(job, "/politeness", JobPage.Lead(job, asked))}{content}"""), refresh);

    private static Html Verdict(JobSummary job, NewJob asked, PolitenessTold told)
    {
        var read = told.Read;
        if (read.Domains.Count == 0) return Html.Of($"""<p class="none">{PolitenessAnswer.Sentence(read)}</p>""");
        var sum = PolitenessTotal.Of(read.Domains);
        var tone = asked.Unpaced || sum.Refused == 0 && !sum.IsQuiet ? "" : sum.RefusedShare <= 0.01 && sum.IsQuiet ? "good" : "warn";
        var headline = asked.Unpaced ? "This crawl had no pace" : sum.LeastGap is { } gap
            ? $"Never closer than {PolitenessWords.AtLeast(gap)}, never more than {Quantity.Of(sum.MostInFlight, "request")} in flight" : "One request at most to each domain";
        return Html.Of($"""<section class="verdict {tone}" aria-label="In short"><p class="headline">{headline}</p><p>{PolitenessAnswer.Sentence(read)}{(job.HasEnded ? "" : $" {JobPage.Doing(job)}")}</p></section>""");
    }

    private static Html Overview(IReadOnlyList<DomainPoliteness> shown, int from, int all) => all < 2 || shown.Count == 0 ? Html.None : Html.Of($"""
        <section aria-labelledby="domains"><h2 id="domains">Domains</h2>
        <div class="scroll"><table class="stack"><caption class="hidden">Domains, most asked first</caption><thead><tr><th scope="col">Domain</th><th scope="col" class="n">Requests</th><th scope="col" class="n">Least gap</th><th scope="col" class="n">In flight</th><th scope="col" class="n">Refused</th><th scope="col" class="n">To quiet</th></tr></thead>
        <tbody>{shown.Select((of, at) => Html.Of($"""<tr><td class="u"><a href="#{PolitenessPart.Anchor(from + at)}">{of.Domain.Value}</a></td><td class="n" data-label="Requests">{of.Requests}</td><td class="n" data-label="Least gap">{(of.LeastGap is { } gap ? PolitenessWords.AtLeast(gap) : "–")}</td><td class="n" data-label="In flight">{of.MostInFlight}</td><td class="n" data-label="Refused">{(of.Refused == 0 ? "0" : PolitenessWords.Share(of.RefusedShare))}</td><td class="n" data-label="To quiet">{PolitenessPart.ToQuiet(of)}</td></tr>"""))}</tbody></table></div></section>
        """);

    private static Html Steps(long job, int from, int shown, int all)
    {
        if (all <= Most) return Html.None;
        var first = from > 0 ? Html.Of($"""<a href="/jobs/{job.ToString()}/politeness">From the start</a>""") : Html.None;
        var next = from + shown < all ? Html.Of($"""<a class="next" href="/jobs/{job.ToString()}/politeness?after={(from + shown - 1).ToString()}">Next domains</a>""") : Html.None;
        var place = shown > 0 ? Html.Of($"""<span>{(from + 1).ToString()} to {(from + shown).ToString()} of {all}</span>""") : Html.Of($"""<span>There are {all} domains.</span>""");
        return Html.Of($"""<nav class="steps" aria-label="Steps">{first}{next}{place}</nav>""");
    }

    private static Html Small(JobSummary job, PolitenessTold told)
    {
        var read = told.Read;
        if (read.Domains.Count == 0) return Html.None;
        var where = read.Origin == PolitenessOrigin.Report
            ? Html.Of($"Counted from every request when the job ended, and kept with its report.") : Html.Of($"Counted from the requests stored by {Parts.When(told.At)}.");
        var rest = read.Told < read.Requests ? $" {Rest(read)}" : "";
        return Html.Of($"""
            <section class="small" aria-labelledby="how"><h2 id="how">How this is counted</h2>
            <p>{where}{rest} Every request counts: robots.txt, sitemaps, redirect hops, retries, second visits. A gap is from one start to the next; refused are answers 429 and 503; a site is quiet again after five good answers in a row. Left alone is a pause after a refusal or trouble, of a second at least and three times the usual gap. Settled is the second half of the requests.</p>
            <p>Instants are by the clock of the node that sent. Where a domain moves between nodes, the one gap across the move is as wrong as their clocks differ; the new node rests a whole delay by its own clock first. Requests that were in hand when a node was killed are in the site’s log and not in ours.</p>
            <p>The same as <a href="/api/jobs/{job.Job.ToString()}/politeness">JSON</a>. Why a URL has not been fetched yet: <code>amble inspect why URL</code>.</p></section>
            """);
    }

    /// <summary>Why domains account for fewer requests than the job sent: whichever of the three reasons can be.</summary>
    private static string Rest(PolitenessRead read)
    {
        var rest = read.Requests - read.Told;
        var (are, they, was) = rest == 1 ? ("is", "it", "was") : ("are", "they", "were");
        var why = new List<string>();
        if (read.Origin == PolitenessOrigin.Report) why.Add($"{was} still under way when the job ended");
        if (read.Domains.Count >= MostAsked.MostDomains) why.Add($"went to domains beyond the {Quantity.Number(MostAsked.MostDomains)} asked most");
        if (read.Origin != PolitenessOrigin.Report) why.Add($"{are} not stored any more");
        return $"{Quantity.Of(rest, "request")} of this job {are} not among them: {they} {string.Join(", or ", why)}.";
    }
}
