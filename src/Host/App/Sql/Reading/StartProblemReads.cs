using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>Why a job's start URL was never answered.</summary>
internal static class StartProblemReads
{
    private const string Start =
        """
        SELECT f.exclusion, v.class, v.status, v.error, r.status
        FROM jobs j
        JOIN pages p ON p.url = j.start_url
        JOIN frontier f ON f.job_id = j.id AND f.page_id = p.id
        LEFT JOIN visits v ON v.job_id = j.id AND v.page_id = p.id AND v.started_at > ?
        LEFT JOIN robots r ON r.domain_id = p.domain_id AND r.origin = ?
        WHERE j.id = ?
        """;

    private const string StartUrl = "SELECT start_url FROM jobs WHERE id = ?";

    /// <summary>One sentence; null when it was answered.</summary>
    public static string? Read(Database database, Ages ages, JobId job)
    {
        var url = database[StartUrl].Bind(job.Value);
        if (!url.Step()) return null;
        var start = PageUrl.FromStored(url.Text(0));
        url.End();

        var found = database[Start].Bind(ages.VisitsOf(database, job)).Bind(start.Origin).Bind(job.Value);
        if (!found.Step()) return null;
        var exclusion = (ExclusionReason?)found.MaybeInteger(0);
        var visited = found.MaybeInteger(1) is not null;
        var status = found.MaybeInteger(2);
        var error = found.MaybeText(3);
        var robots = found.MaybeInteger(4);
        found.End();

        return exclusion switch
        {
            ExclusionReason.Robots => $"{start.Robots} does not allow {start} to be asked for.",
            ExclusionReason.RobotsUnreachable => $"{start.Robots} could not be read ({Answer(robots)}), so that nothing of {start.Origin} may be asked for.",
            { } other => $"{start} was kept out ({other}).",
            null when visited && status is null or < 0 => error ?? $"{start} was not answered ({Answer(status)}).",
            null => null,
        };
    }

    private static string Answer(long? status) => status switch
    {
        null => "no answer",
        < 0 => ((FetchFailure)(-status.Value)).ToString(),
        { } answered => $"HTTP {answered}",
    };
}
