using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>Rows that tell what is missing in the log. They are kept as long as what is not missing; each that comes takes two that are older with it.</summary>
internal sealed class HitGaps(Database database, TimeSpan kept)
{
    private const string Insert = "INSERT INTO hit_gaps (source, from_at, to_at, reason, count) VALUES (?, ?, ?, ?, ?)";
    private const string Forget = "DELETE FROM hit_gaps WHERE to_at < ? AND id IN (SELECT id FROM hit_gaps ORDER BY id LIMIT 2)";

    /// <summary>The first instant that is still told of at this one, in unix milliseconds.</summary>
    public long Oldest(DateTimeOffset now) => StoredTime.Now(now - kept);

    public void Add(long source, HitGap gap)
    {
        database[Insert].Bind(source).Bind(StoredTime.Now(gap.From)).Bind(StoredTime.Milliseconds(gap.To)).Bind((long)gap.Reason).Bind(gap.Count).Put();
        database[Forget].Bind(Oldest(gap.To)).Put();
    }
}
