using Amble.Behaviours.Retention;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>
/// What is too old to be shown, exactly by its age however late its bytes go (SEEDS R-1): a visit counts from the start of its request. A
/// job that has not ended keeps all of its own. Limits are unix milliseconds; what began later is shown.
/// </summary>
internal sealed class Ages(RetentionSettings? settings, TimeProvider clock)
{
    private const string Job = "SELECT state, created_at, ended_at FROM jobs WHERE id = ?";

    /// <summary>Everything is shown.</summary>
    public const long All = long.MinValue;

    /// <summary>Nothing is.</summary>
    public const long None = long.MaxValue;

    /// <summary>The limit for visits of jobs that have ended.</summary>
    public long Visits => Limit(settings?.Visits);

    public long VisitsOf(Database database, JobId job) => Of(database, job, settings?.Visits);

    public long DetailsOf(Database database, JobId job) => Of(database, job, settings?.Details);

    private long Limit(TimeSpan? age) => age is { } most ? StoredTime.Now(clock.GetUtcNow() - most) : All;

    private long Of(Database database, JobId job, TimeSpan? age)
    {
        if (age is null) return All;
        var found = database[Job].Bind(job.Value);
        if (!found.Step()) return All;
        var (state, createdAt, endedAt) = ((JobState)found.Number(0), found.Integer(1), found.MaybeInteger(2));
        found.End();
        if (state < JobState.Completed) return All;
        var limit = Limit(age);
        // None of its requests began before it was created, and none after it ended.
        return createdAt > limit ? All : endedAt <= limit ? None : limit;
    }
}
