using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary><c>/</c>: all jobs, newest first, and how to begin one.</summary>
public static class HomePage
{
    private const int RefreshSeconds = 10;

    /// <param name="next">The last job shown, when there are more.</param>
    /// <param name="self">This server's origin, for the example.</param>
    public static string Write(IReadOnlyList<JobView> jobs, JobId? next, string self)
    {
        var running = jobs.Count(job => job.State is JobState.Running or JobState.Finishing);
        var list = jobs.Count == 0
            ? Html.Of($"""<p class="none">Nothing has been crawled yet.</p>""")
            : Parts.Jobs(jobs.Select(job => JobSummary.Of(job, null)), running == 0 ? "Newest first" : $"Newest first, {running} under way");
        var more = next is { } last ? Html.Of($"""<p><a href="/?before={last.ToString()}">Older jobs</a></p>""") : Html.None;
        var body = $$"""{"url": "https://example.org/"}""";
        return Layout.Write("Jobs", Html.Of($"""
            <h1>Jobs</h1>
            <p class="lead">Each job is one crawl from a start URL.</p>
            {list}
            {more}
            <h2>Begin a crawl</h2>
            <p>On this machine, from a shell:</p>
            <pre><code>amble crawl https://example.org/</code></pre>
            <p>Or by the API, which <a href="/openapi.json">this document</a> describes:</p>
            <pre><code>curl {self}/api/jobs --json '{body}'</code></pre>
            """), running > 0 ? RefreshSeconds : null);
    }
}
