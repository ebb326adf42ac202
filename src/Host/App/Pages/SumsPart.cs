using Amble.App.Cli;
using Amble.App.Http;
using Amble.Behaviours.Ports;

namespace Amble.App.Pages;

/// <summary>The numbers of a job. Those that change while it is under way are marked with their names, for the script that follows it.</summary>
public static class SumsPart
{
    public static Html Write(JobSummary job, JobCounts counts) => Html.Of($"""
        <section aria-labelledby="numbers"><h2 id="numbers">Numbers</h2>
        <dl class="sums">{Sum("pages", job.Pages)}{Sum("ok", job.Ok)}{Sum("broken", job.Broken, "bad")}{Sum("refused", job.Refused, "warn")}{Sum("unknown", job.Unknown, "warn")}{Sum("redirected", job.Redirected)}{Sum("excluded", job.Excluded)}{Sum("requests", job.Requests)}{Sum("retries", job.Retries)}{Sum("throttled", job.Throttled)}<div><dt>received</dt><dd data-live="bytes">{Quantity.Bytes(job.Bytes)}</dd></div>{Saved(counts)}</dl></section>
        """);

    private static Html Sum(string name, long count, string tone = "")
    {
        var marked = tone.Length > 0 ? Html.Of($""" data-tone="{tone}" """) : Html.None;
        return Html.Of($"""<div class="{(count > 0 ? tone : "")}"{marked}><dt>{name}</dt><dd data-live="{name}">{count}</dd></div>""");
    }

    private static Html Saved(JobCounts counts) => counts.NotModified == 0 ? Html.None : Html.Of($"""
        <div><dt>unchanged</dt><dd>{counts.NotModified}</dd></div><div><dt>not sent again</dt><dd>{Quantity.Bytes(counts.SavedBytes)}</dd></div>
        """);
}
