using System.Text.Json;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>Jobs, as people and as the crawl see them.</summary>
internal static class JobReads
{
    /// <summary>The columns that <see cref="Spec"/> reads, from the column that it is told.</summary>
    public const string SpecColumns =
        "jobs.id, jobs.start_url, jobs.max_pages, jobs.max_depth, jobs.include, jobs.exclude, jobs.concurrency, jobs.unpaced, jobs.warm";

    // Whoever looks at a job that is being opened again sees it run: that it takes a moment is nobody's business.
    private const string ViewColumns =
        SpecColumns +
        """
        , CASE WHEN state = 2 AND outcome = 0 THEN 0 ELSE state END, reason, created_at, first_request_at, last_request_end_at, ended_at, resume_at, pages, pending,
        ok, redirected, refused, broken, unknown, excluded, requests, retries, throttled, bytes,
        not_modified, saved_bytes, warmed, warmed_hits
        """;

    private const string Newest = "SELECT " + ViewColumns + " FROM jobs WHERE id < ? ORDER BY id DESC LIMIT ?";
    private const string NewestOfHost = "SELECT " + ViewColumns + " FROM jobs WHERE start_host = ? AND id < ? ORDER BY id DESC LIMIT ?";
    private const string One = "SELECT " + ViewColumns + " FROM jobs WHERE id = ?";
    private const string Unfinished = "SELECT " + ViewColumns + " FROM jobs WHERE start_url = ? AND state < 3 ORDER BY id DESC LIMIT 1";
    private const string AllUnfinished =
        """
        SELECT id, state, resume_at, start_url, pending, outcome FROM jobs
        WHERE state < 3 AND (?1 IS NULL OR start_url IN (SELECT value FROM json_each(?1))) ORDER BY id
        """;

    private const string AllUnfinishedOnPostgres =
        """
        SELECT id, state, resume_at, start_url, pending, outcome FROM jobs
        WHERE state < 3 AND (?1 IS NULL OR start_url IN (SELECT json_array_elements_text(CAST(?1 AS json)))) ORDER BY id
        """;

    private const string OneUnfinished = "SELECT id, state, resume_at, start_url, pending, outcome FROM jobs WHERE id = ? AND state < 3";

    /// <summary>The ids of the unfinished jobs of the start URLs in parameter 4, a JSON array.</summary>
    public const string UnfinishedOf = "SELECT id FROM jobs WHERE state < 3 AND start_url IN (SELECT value FROM json_each(?4))";

    /// <inheritdoc cref="UnfinishedOf" />
    public const string UnfinishedOfOnPostgres =
        "SELECT id FROM jobs WHERE state < 3 AND start_url IN (SELECT json_array_elements_text(CAST(?4 AS json)))";

    public static IReadOnlyList<JobView> ReadMany(Database database, int limit, JobId? before, string? site)
    {
        var found = site is null ? database[Newest] : database[NewestOfHost].Bind(site);
        found.Bind(before?.Value ?? long.MaxValue).Bind(limit);
        var jobs = new List<JobView>();
        while (found.Step()) jobs.Add(View(found));
        return jobs;
    }

    public static JobView? ReadOne(Database database, JobId job) => FirstView(database[One].Bind(job.Value));

    public static JobView? ReadUnfinished(Database database, PageUrl start) => FirstView(database[Unfinished].Bind(start.Text));

    public static IReadOnlyList<JobProtocol.TakeUp> ReadUnfinished(Database database, string? only)
    {
        var jobs = new List<JobProtocol.TakeUp>();
        var found = database[AllUnfinished, AllUnfinishedOnPostgres].Bind(only);
        while (found.Step()) jobs.Add(TakeUp(found));
        return jobs;
    }

    public static JobProtocol.TakeUp? ReadUnfinished(Database database, JobId job)
    {
        var found = database[OneUnfinished].Bind(job.Value);
        if (!found.Step()) return null;
        var unfinished = TakeUp(found);
        found.End();
        return unfinished;
    }

    public static JobSpec Spec(Statement row, int from) => new(
        new JobId(row.Integer(from)),
        new NewJob(
            PageUrl.FromStored(row.Text(from + 1)),
            new JobLimits((int?)row.MaybeInteger(from + 2), (int?)row.MaybeInteger(from + 3), Globs(row.Text(from + 4)), Globs(row.Text(from + 5))),
            row.Number(from + 6), row.Flag(from + 7), row.Flag(from + 8)));

    private static JobProtocol.TakeUp TakeUp(Statement row) => new(
        new JobId(row.Integer(0)), (JobState)row.Number(1), StoredTime.Instant(row.MaybeInteger(2)), PageUrl.FromStored(row.Text(3)).Domain, row.Integer(4),
        (JobState?)row.MaybeInteger(5) ?? JobState.Completed);

    private static JobView? FirstView(Statement found)
    {
        if (!found.Step()) return null;
        var view = View(found);
        found.End();
        return view;
    }

    private static JobView View(Statement row) => new(
        Spec(row, 0), (JobState)row.Number(9), row.MaybeText(10), StoredTime.Instant(row.Integer(11)), StoredTime.Instant(row.MaybeInteger(12)),
        StoredTime.Instant(row.MaybeInteger(13)), StoredTime.Instant(row.MaybeInteger(14)), StoredTime.Instant(row.MaybeInteger(15)),
        row.Integer(16), row.Integer(17),
        new JobCounts(
            row.Integer(18), row.Integer(19), row.Integer(20), row.Integer(21), row.Integer(22), row.Integer(23), row.Integer(24), row.Integer(25),
            row.Integer(26), row.Integer(27))
        {
            NotModified = row.Integer(28),
            SavedBytes = row.Integer(29),
            Warmed = row.Integer(30),
            WarmedHits = row.Integer(31),
        });

    private static IReadOnlyList<string> Globs(string json) => json == "[]" ? [] : JsonSerializer.Deserialize<string[]>(json)!;
}
