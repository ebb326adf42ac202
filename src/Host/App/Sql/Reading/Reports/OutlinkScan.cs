using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>Unpacks the outlinks that a visit's details keep.</summary>
public delegate IEnumerable<(string Url, string Anchor)> UnpackOutlinks(byte[] packed);

/// <summary>
/// All pages of a job that have outlinks, by page id, in slices, so that no read holds a snapshot for long and the writer's checkpoint can
/// go on. A stop ends it with an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class OutlinkScan(ReadPool pool, DetailReads details, UnpackOutlinks unpack, CancellationToken stop)
{
    // A page's links are packed to some kilobytes, in the worst case to some hundred.
    private const int VisitsAtOnce = 100;

    private const string Visits =
        """
        SELECT v.page_id, p.url, v.id, v.period FROM visits v JOIN pages p ON p.id = v.page_id
        WHERE v.job_id = ? AND v.page_id > ? ORDER BY v.page_id LIMIT ?
        """;

    public IEnumerable<LinkingPage> Pages(JobId job)
    {
        var after = 0L;
        while (pool.Read(database => ReadSlice(database, job, after)) is { Count: > 0 } slice)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var (page, url, packed) in slice)
                if (packed.Length > 0) yield return new LinkingPage(new PageId(page), url, unpack(packed));
            after = slice[^1].Page;
        }
    }

    private List<(long Page, string Url, byte[] Packed)> ReadSlice(Database database, JobId job, long after)
    {
        var slice = new List<(long Page, string Url, long Visit, long? Period)>();
        var found = database[Visits].Bind(job.Value).Bind(after).Bind(VisitsAtOnce);
        while (found.Step()) slice.Add((found.Integer(0), found.Text(1), found.Integer(2), found.MaybeInteger(3)));
        var packed = details.Read(database, slice.Select(visit => (visit.Visit, visit.Period)), DetailColumns.Outlinks, row => row.Blob(1));
        return [.. slice.Select(visit => (visit.Page, visit.Url, packed.GetValueOrDefault(visit.Visit, [])))];
    }
}

/// <param name="Links">Every link, repeats among them; read once.</param>
internal readonly record struct LinkingPage(PageId Page, string Url, IEnumerable<(string Url, string Anchor)> Links);
