using Amble.App.Sql.Periods;
using Amble.App.Sql.Postgres;
using Amble.App.Sql.Reading;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;
using static Amble.Messages.RetentionProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Deletes expired visits of one job, by page number: a range of the index that the table has had from the first version on. With a visit go
/// its places in the orders and lists, the page's copy if it stands for that, and details in the table of an earlier version.
/// </summary>
internal sealed class VisitPurge(TurnRows rows)
{
    /// <summary>The page at which a slice ends.</summary>
    public const string Last = "SELECT page_id FROM visits WHERE job_id = ? AND page_id > ? ORDER BY page_id LIMIT 1 OFFSET ?";

    /// <summary>Takes its visits.</summary>
    public const string Delete = "DELETE FROM visits WHERE job_id = ? AND page_id > ? AND page_id <= ? AND started_at <= ? RETURNING id, page_id, class, period";

    private const string DeleteIssues =
        """
        DELETE FROM visit_order WHERE job_id = ?1 AND sort = ?2 AND class = 0 AND value = 0 AND page_id > ?3 AND page_id <= ?4
          AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.job_id = ?1 AND v.page_id = visit_order.page_id)
        """;

    private const string DeleteCopy = "DELETE FROM copies WHERE page_id = ? AND visit_id = ?";
    private const string DeleteCopies = "DELETE FROM copies c USING unnest($1, $2) AS k (page, visit) WHERE c.page_id = k.page AND c.visit_id = k.visit";
    private const string DeleteDetails = "DELETE FROM details WHERE visit_id = ?";
    private const string DeleteFormerDetails = "DELETE FROM details_before WHERE visit_id = ANY($1)";

    private static readonly PageIssue[] _issues = Enum.GetValues<PageIssue>();

    public PurgePortion Purge(JobRow job, PurgeVisits command)
    {
        rows.LetGo();
        var database = rows.Database;
        var (id, after, before) = (job.Id.Value, command.After.First, StoredTime.Now(command.Before));
        var last = database[Last].Bind(id).Bind(after).Bind(command.Rows - 1).Single();
        var to = last ?? long.MaxValue;

        var gone = new List<(long Visit, long Page, bool IsOk, long? Period)>();
        var found = database[Delete].Bind(id).Bind(after).Bind(to).Bind(before);
        while (found.Step()) gone.Add((found.Integer(0), found.Integer(1), found.Integer(2) == (long)StatusClass.Ok, found.MaybeInteger(3)));
        if (gone.Count > 0)
        {
            job.Purged += gone.Count;
            job.IsChanged = true;
            foreach (var period in gone.Where(visit => visit.Period is not null).CountBy(visit => visit.Period!.Value))
                rows.Periods.Went(new Period(PeriodFamily.Details, period.Key), period.Value);
            if (gone.Exists(visit => visit.IsOk))
            {
                foreach (var issue in _issues) database[DeleteIssues].Bind(id).Bind(PageListReads.FirstIssue + (long)issue).Bind(after).Bind(to).Put();
            }
            DeleteWhatHangs(database, gone);
        }
        return new PurgePortion(gone.Count, last is { } next ? new PurgePlace(next) : null);
    }

    private static void DeleteWhatHangs(Database database, List<(long Visit, long Page, bool IsOk, long? Period)> gone)
    {
        if (database is PostgresDatabase postgres)
        {
            postgres.At(DeleteCopies).BindAll([.. gone.Select(visit => visit.Page)]).BindAll([.. gone.Select(visit => visit.Visit)]).Put();
            postgres.At(DeleteFormerDetails).BindAll([.. gone.Where(visit => visit.Period is null).Select(visit => visit.Visit)]).Put();
            return;
        }
        foreach (var (visit, page, isOk, period) in gone)
        {
            if (isOk) database[DeleteCopy].Bind(page).Bind(visit).Put();
            if (period is null) database[DeleteDetails].Bind(visit).Put();
        }
    }
}
