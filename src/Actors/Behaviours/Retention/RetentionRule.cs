using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Retention;

/// <summary>What goes next.</summary>
public abstract record RetentionStep
{
    private RetentionStep() { }

    /// <summary>A period as a whole.</summary>
    /// <param name="Early">It has not expired: the disk is too full.</param>
    public sealed record Drop(StoredPeriod Period, bool Early) : RetentionStep;

    /// <summary>The expired visits of a job, in slices.</summary>
    public sealed record Visits(JobId Job) : RetentionStep;

    /// <summary>What is left of a job of which no visit is left, in slices.</summary>
    public sealed record Rest(JobId Job) : RetentionStep;

    /// <summary>What has expired in a table of an earlier version, in slices.</summary>
    public sealed record Former(FormerTable Table) : RetentionStep;
}

/// <summary>What retention remembers of its rounds.</summary>
/// <param name="Walked">How far each job's visits were looked through: what had expired by then is gone.</param>
/// <param name="Tables">The same of the tables of an earlier version.</param>
public sealed record RetentionMemory(IReadOnlyDictionary<JobId, DateTimeOffset> Walked, IReadOnlyDictionary<FormerTable, DateTimeOffset> Tables)
{
    public static RetentionMemory Empty { get; } = new(new Dictionary<JobId, DateTimeOffset>(), new Dictionary<FormerTable, DateTimeOffset>());
}

/// <summary>
/// Which bytes go next (SEEDS R). First, while the disk is over its cap, whole periods before their time: the oldest details, then the oldest
/// of the rest; never the current ones (R-9+), nor within an hour of their end, when what was under way may still come. Then periods that
/// have expired as a whole (R-8+), but none in which a job that has not ended has rows: its report is still to be made from them. Then rows,
/// in slices: a job's visits once the last of them has expired, or once the first one has been too old for a whole period; and what is left
/// of a job without visits. Last the tables of an earlier version.
/// </summary>
public static class RetentionRule
{
    /// <summary>So long after a period's end rows may still come to it.</summary>
    public static readonly TimeSpan LateBy = TimeSpan.FromHours(1);

    /// <param name="atOnce">What has expired goes however short a time ago, each job and table once.</param>
    public static RetentionStep? Next(RetentionRead stored, RetentionMemory memory, double? diskUsed, RetentionSettings s, DateTimeOffset now, bool atOnce = false)
    {
        if (IsTooFull(diskUsed, s) && Early(stored, now) is { } early) return new RetentionStep.Drop(early, Early: DueAt(early, s) > now);
        if (stored.Periods.Where(period => !period.IsHeld && DueAt(period, s) <= now).MinBy(period => DueAt(period, s)) is { } expired)
            return new RetentionStep.Drop(expired, Early: false);
        bool IsDue(EndedJob job) => (atOnce && job.HasVisits && !memory.Walked.ContainsKey(job.Job) ? job.CreatedAt + s.Visits : DueAt(job, memory, s)) <= now;
        if (stored.Jobs.FirstOrDefault(IsDue) is { } job) return job.HasVisits ? new RetentionStep.Visits(job.Job) : new RetentionStep.Rest(job.Job);
        return Formers(stored, memory, s, now).FirstOrDefault();
    }

    /// <summary>How much later than it had to the oldest of what should have gone is still there .</summary>
    public static TimeSpan Lag(RetentionRead stored, RetentionMemory memory, RetentionSettings s, DateTimeOffset now) =>
        stored.Periods.Where(period => !period.IsHeld).Select(period => now - DueAt(period, s))
            .Concat(stored.Jobs.Select(job => now - DueAt(job, memory, s))).Append(TimeSpan.Zero).Max();

    public static bool IsTooFull(double? diskUsed, RetentionSettings s) => s.DiskCapPercent < 100 && diskUsed > s.DiskCapPercent;

    /// <summary>When the last row of a period has expired, and so all of it.</summary>
    public static DateTimeOffset DueAt(StoredPeriod period, RetentionSettings s) => period.EndsAt + period.Family switch
    {
        "details" => s.Details,
        "hits" => s.Hits,
        _ => s.Visits,
    };

    private static DateTimeOffset DueAt(EndedJob job, RetentionMemory memory, RetentionSettings s)
    {
        var whole = job.EndedAt + s.Visits;
        if (!job.HasVisits) return whole;
        if (!memory.Walked.TryGetValue(job.Job, out var walked)) walked = job.CreatedAt;
        var part = walked + s.Visits + s.Period;
        // What was left by a walk that should have left nothing is looked for again, but not at once.
        return walked < job.EndedAt && whole < part ? whole : part;
    }

    private static StoredPeriod? Early(RetentionRead stored, DateTimeOffset now) => stored.Periods
        .Where(period => period.EndsAt + LateBy <= now).OrderBy(period => period.Family == "details" ? 0 : 1).ThenBy(period => period.BeginsAt).FirstOrDefault();

    private static IEnumerable<RetentionStep> Formers(RetentionRead stored, RetentionMemory memory, RetentionSettings s, DateTimeOffset now)
    {
        bool IsDue(FormerTable table) => !memory.Tables.TryGetValue(table, out var walked) || walked + s.Period <= now;
        if (stored.HasFormerDetails && IsDue(FormerTable.Details)) yield return new RetentionStep.Former(FormerTable.Details);
        if (stored.HasFormerRequests && IsDue(FormerTable.Requests)) yield return new RetentionStep.Former(FormerTable.Requests);
    }
}
