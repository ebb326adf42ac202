using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Stores a report by parts and takes it away by parts. A job's end that is done again makes the same rows again, so a row that is there
/// stays. Only a finishing job takes a part, so that a late one changes nothing.
/// </summary>
internal sealed class ReportWrites(TurnRows rows)
{
    private const string SetInlinks = "UPDATE visits SET inlinks = ?1 WHERE job_id = ?2 AND page_id = ?3 AND (inlinks IS NULL OR inlinks <> ?1)";

    private const string InsertPage =
        """
        INSERT INTO report_pages (job_id, list, rank, page_id, url, class, status, error, title, depth, milliseconds, source_count, chain,
                                  dns_us, connect_us, tls_us, first_byte_us, transfer_us)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_id, list, rank) DO NOTHING
        """;

    private const string InsertSource =
        """
        INSERT INTO report_sources (job_id, target_page, number, url, anchor) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (job_id, target_page, number) DO NOTHING
        """;

    private const string InsertPoliteness =
        """
        INSERT INTO report_politeness (job_id, rank, domain, requests, refused, failed, first_us, last_us, least_gap_us, most_in_flight, busiest_minute,
                                       refusals, is_quiet, longest_to_quiet_us, blocks, blocked_us, settled_requests, settled_refused, settled_us,
                                       robots_read_at, picture)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_id, rank) DO NOTHING
        """;

    /// <summary>The tables of reports, this one's and that of earlier versions; each by a statement that takes as many rows as it is told.</summary>
    private static readonly string[] Drops =
    [
        Drop("report_sources", "target_page, number"), Drop("report_pages", "list, rank"), Drop("report_politeness", "rank"),
        Drop("broken_sources", "target_page, source_page"),
    ];

    public ReportSaved Save(SaveReport command)
    {
        if (rows.Jobs.Find(command.Job) is not { State: JobState.Finishing, IsOpening: false }) return new ReportSaved(command.Job);
        rows.LetGo();
        foreach (var (page, count) in command.Part.Inlinks) rows.Database[SetInlinks].Bind(count).Bind(command.Job.Value).Bind(page.Value).Put();
        foreach (var (list, page) in command.Part.Pages) Insert(command.Job, list, page);
        foreach (var (target, source) in command.Part.Sources)
        {
            rows.Database[InsertSource]
                .Bind(command.Job.Value).Bind(target.Value).Bind(source.Number).Bind(source.Page.Text).Bind(source.Anchor).Put();
        }
        foreach (var (rank, of) in command.Part.Politeness ?? []) Insert(command.Job, rank, of);
        return new ReportSaved(command.Job);
    }

    public ReportDropped Drop(DropReport command)
    {
        if (rows.Jobs.Find(command.Job) is not { IsOpening: true }) return new ReportDropped(command.Job, false);
        var left = ReportPart.MostRows;
        foreach (var drop in Drops)
            if (left > 0) left -= rows.Database[drop].Bind(command.Job.Value).Bind(left).Run();
        return new ReportDropped(command.Job, left == 0);
    }

    private void Insert(JobId job, ReportList list, ReportPage page)
    {
        var phases = page.Phases;
        rows.Database[InsertPage]
            .Bind(job.Value).Bind((long)list).Bind(page.Rank).Bind(page.Page.Value).Bind(page.Url.Text).Bind((long)page.Class).Bind((long?)page.Status)
            .Bind(page.Error).Bind(page.Title).Bind(page.Depth).Bind(page.Milliseconds).Bind(page.SourceCount).Bind(StoredChain.Write(page.Chain))
            .Bind(StoredTime.Microseconds(phases?.Dns)).Bind(StoredTime.Microseconds(phases?.Connect)).Bind(StoredTime.Microseconds(phases?.Tls))
            .Bind(StoredTime.Microseconds(phases?.FirstByte)).Bind(StoredTime.Microseconds(phases?.Transfer)).Put();
    }

    private void Insert(JobId job, int rank, DomainPoliteness of) => rows.Database[InsertPoliteness]
        .Bind(job.Value).Bind(rank).Bind(of.Domain.Value).Bind(of.Requests).Bind(of.Refused).Bind(of.Failed)
        .Bind(StoredTime.Microseconds(of.FirstAt)).Bind(StoredTime.Microseconds(of.LastAt)).Bind(StoredTime.Microseconds(of.LeastGap))
        .Bind(of.MostInFlight).Bind(of.BusiestMinute).Bind(of.Refusals).Bind(of.IsQuiet).Bind(StoredTime.Microseconds(of.LongestToQuiet))
        .Bind(of.Blocks).Bind(StoredTime.Microseconds(of.Blocked))
        .Bind(of.Settled?.Requests).Bind(of.Settled?.Refused).Bind(StoredTime.Microseconds(of.Settled?.Took))
        .Bind(StoredTime.Milliseconds(of.RobotsReadAt)).Bind(of.Picture).Put();

    private static string Drop(string table, string key) =>
        $"DELETE FROM {table} WHERE job_id = ?1 AND ({key}) IN (SELECT {key} FROM {table} WHERE job_id = ?1 LIMIT ?2)";
}
