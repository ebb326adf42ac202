using Amble.App.Cli;
using Amble.App.Http;

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

    /// <summary>Jobs as a table, the same on the home page and on a site's page.</summary>
    public static Html Jobs(IEnumerable<JobSummary> jobs, string caption) => Html.Of($"""
        <div class="scroll"><table class="stack"><caption>{caption}</caption>
        <thead><tr><th scope="col" class="n">Job</th><th scope="col">Start URL</th><th scope="col">State</th><th scope="col" class="n">Pages</th><th scope="col" class="n">Broken</th><th scope="col" class="n">Refused</th><th scope="col" class="t">Created</th></tr></thead>
        <tbody>{jobs.Select(JobRow)}</tbody></table></div>
        """);

    private static Html JobRow(JobSummary job) => Html.Of($"""
        <tr><td class="n" data-label="Job"><a href="/jobs/{job.Job.ToString()}">{job.Job.ToString()}</a></td><td class="u"><a href="/jobs/{job.Job.ToString()}">{job.Start}</a></td><td>{Chip(job.State)}</td><td class="n" data-label="Pages">{job.Pages}</td><td class="n" data-label="Broken">{Number(job.Broken, "bad")}</td><td class="n" data-label="Refused">{Number(job.Refused, "warn")}</td><td class="t">{When(job.CreatedAt)}</td></tr>
        """);

    private static string Colour(string state) => state switch
    {
        "completed" => "good",
        "failed" or "blocked" => "bad",
        "parked" or "cancelled" => "warn",
        _ => "",
    };
}
