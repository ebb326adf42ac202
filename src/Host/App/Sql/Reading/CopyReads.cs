using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>A page as it was last stored whole. What has expired in part is not there at all: a 304 must never lose links.</summary>
internal static class CopyReads
{
    // The visit's own page is asked too: a number that became free may have been given to another visit.
    private const string Select =
        """
        SELECT c.etag, c.last_modified, v.bytes + v.saved_bytes, v.content_type, v.title, v.canonical, v.noindex, v.nofollow, v.description, v.heading,
               v.headings, v.words, v.outlinks, v.id, v.period, v.job_id, v.started_at
        FROM copies c JOIN visits v ON v.id = c.visit_id AND v.page_id = c.page_id
        WHERE c.page_id = ?
        """;

    public static PageCopy? Read(Database database, DetailReads details, Ages ages, PageId page)
    {
        var found = database[Select].Bind(page.Value);
        if (!found.Step()) return null;
        var copy = Copy(found);
        var (visit, period, job, startedAt) = (found.Integer(13), found.MaybeInteger(14), new JobId(found.Integer(15)), found.Integer(16));
        found.End();
        if (startedAt <= ages.DetailsOf(database, job)) return null;
        return details.Read(database, visit, period, DetailColumns.Outlinks, row => row.Blob(1)) is { } outlinks ? copy with { Outlinks = outlinks } : null;
    }

    private static PageCopy Copy(Statement found) => new(
        new Validators(found.MaybeText(0), found.MaybeText(1)), found.Integer(2), found.MaybeText(3), found.MaybeText(4), found.MaybeText(5),
        found.Flag(6), found.Flag(7), new PageFacts(found.MaybeText(8), found.MaybeText(9), found.Number(10), found.Number(11)), found.Number(12), []);
}
