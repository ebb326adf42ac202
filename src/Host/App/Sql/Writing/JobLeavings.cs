using Amble.Messages;
using static Amble.Messages.RetentionProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// What is left of a job when its last visit has gone and what goes then, each table along its key. A slice goes on where the one before
/// ended: deleted rows stay in an index until a vacuum, and a walk from the beginning passes over all of them again. Its row, its sums and
/// its report stay; so does the mark that its sums are complete.
/// </summary>
internal sealed class JobLeavings(Database database)
{
    /// <summary>Whether visits have left places in the orders behind; they should have taken them along.</summary>
    public const string HasOrders = "SELECT 1 FROM visit_order WHERE job_id = ? AND sort > 0 LIMIT 1";

    private const string DeleteOrders =
        """
        DELETE FROM visit_order WHERE job_id = ?1 AND sort > 0
          AND (sort, class, value, page_id) IN (SELECT sort, class, value, page_id FROM visit_order WHERE job_id = ?1 AND sort > 0 LIMIT ?2)
        """;

    private static readonly Leaving[] _leavings = [new("sitemaps", "page_id"), new("trap_counts", "key"), new("frontier", "page_id")];

    /// <summary>All there are.</summary>
    public static IReadOnlyList<string> Statements { get; } =
        [HasOrders, DeleteOrders, .. _leavings.Select(leaving => leaving.Last), .. _leavings.Select(leaving => leaving.Delete)];

    public PurgePortion Delete(EmptyJob command)
    {
        var (job, left, place) = (command.Job.Value, (long)command.Rows, command.After);
        if (command.HasOrders && place == default) left -= database[DeleteOrders].Bind(job).Bind(left).Run();
        while (left > 0 && place.First < _leavings.Length)
        {
            var (leaving, from) = (_leavings[place.First], place == default ? long.MinValue : place.Second);
            var last = database[leaving.Last].Bind(job).Bind(from).Bind(left - 1).Single();
            left -= database[leaving.Delete].Bind(job).Bind(from).Bind(last ?? long.MaxValue).Run();
            place = last is { } to and < long.MaxValue ? new PurgePlace(place.First, to + 1) : new PurgePlace(place.First + 1, long.MinValue);
        }
        return new PurgePortion(command.Rows - left, left > 0 ? null : place);
    }

    private sealed record Leaving(string Table, string Key)
    {
        /// <summary>The key at which a slice ends.</summary>
        public string Last { get; } = $"SELECT {Key} FROM {Table} WHERE job_id = ? AND {Key} >= ? ORDER BY {Key} LIMIT 1 OFFSET ?";

        public string Delete { get; } = $"DELETE FROM {Table} WHERE job_id = ? AND {Key} >= ? AND {Key} <= ?";
    }
}
