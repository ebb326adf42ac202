using Amble.App.Http;

namespace Amble.App.Pages;

/// <summary>What all pages of a job begin with: where one is, whose job it is, and the ways to its other pages.</summary>
public static class JobHead
{
    /// <param name="here">The path of the page that is shown, after the job's own; empty for the job's own page.</param>
    /// <param name="lead">One line under the heading.</param>
    public static Html Write(JobSummary job, string here, Html lead)
    {
        var own = $"/jobs/{job.Job}";
        var ways = new (string Path, string Name, long? Count)[]
        {
            ("", "Summary", null), ("/pages", "All pages", job.Done), ("/broken", "Broken", job.Broken), ("/redirects", "Redirects", job.Redirected), ("/slow", "Slow", null),
            ("/politeness", "Politeness", null),
        };
        return Html.Of($"""
            <p class="trail"><a href="/">Jobs</a> <span aria-hidden="true">/</span> Job {job.Job.ToString()}</p>
            <h1>{job.Start} {(job.HasEnded ? Parts.Chip(job.State) : Parts.LiveChip(job.State))}</h1>
            <p class="lead">{lead}</p>
            <nav class="ways" aria-label="Pages of this job">{ways.Select(way => Way(own + way.Path, way.Name, way.Count, way.Path == here))}</nav>
            """);
    }

    private static Html Way(string path, string name, long? count, bool isHere)
    {
        var number = count is { } many ? Html.Of($""" <span class="count">{many}</span>""") : Html.None;
        return isHere ? Html.Of($"""<a href="{path}" aria-current="page">{name}{number}</a>""") : Html.Of($"""<a href="{path}">{name}{number}</a>""");
    }
}
