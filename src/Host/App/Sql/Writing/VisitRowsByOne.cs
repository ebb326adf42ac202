using Amble.App.Sql.Periods;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>Visits by a statement a row: where asking costs next to nothing.</summary>
internal sealed class VisitRowsByOne(Database database, PeriodRows periods) : VisitRows
{
    private const string InsertVisit =
        """
        INSERT INTO visits (job_id, page_id, class, status, started_at, milliseconds, bytes, tries, noindex, nofollow, content_type,
                            redirect_to, title, canonical, error, description, heading, headings, words, outlinks, cache, not_modified, saved_bytes, period)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    // What a crash left of a visit that is not in the main database may have this number.
    private const string InsertDetails =
        """
        INSERT OR REPLACE INTO details (visit_id, dns_us, connect_us, tls_us, first_byte_us, transfer_us, outlink_count, headers, outlinks)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string SetTitle = "UPDATE pages SET title = ? WHERE id = ? AND (title IS NULL OR title <> ?)";

    private const string KeepCopy =
        """
        INSERT INTO copies (page_id, visit_id, etag, last_modified) VALUES (?, ?, ?, ?)
        ON CONFLICT (page_id) DO UPDATE SET visit_id = excluded.visit_id, etag = excluded.etag, last_modified = excluded.last_modified
        """;

    private const string DropCopy = "DELETE FROM copies WHERE page_id = ?";

    public override void Insert(Visit visit, DateTimeOffset at)
    {
        var facts = visit.Facts;
        var period = periods.Of(PeriodFamily.Details, at);
        var id = database[InsertVisit]
            .Bind(visit.Key.Job.Value).Bind(visit.Key.Page.Value).Bind((long)visit.Class).Bind((long?)visit.Status)
            .Bind(StoredTime.Milliseconds(visit.StartedAt)).Bind(visit.Milliseconds).Bind(visit.Bytes).Bind(visit.Tries)
            .Bind(visit.NoIndex).Bind(visit.NoFollow).Bind(visit.ContentType).Bind(visit.RedirectTo?.Text).Bind(visit.Title)
            .Bind(visit.Canonical).Bind(visit.Error).Bind(facts.Description).Bind(facts.Heading).Bind(facts.Headings).Bind(facts.Words)
            .Bind(visit.Details?.OutlinkCount ?? 0).Bind((long)visit.Cache).Bind(visit.NotModified).Bind(visit.SavedBytes)
            .Bind(visit.Details is null ? null : period.Number).RunForId()!.Value;
        if (visit.Details is { } details) Insert(id, visit.Key.Job, period, details);
        if (visit.Title is { } title) database[SetTitle].Bind(title).Bind(visit.Key.Page.Value).Bind(title).Put();
        if (visit.Class == StatusClass.Ok) Remember(visit, id);
    }

    private void Insert(long visit, JobId job, Period period, VisitDetails details)
    {
        var phases = details.Phases;
        periods.Write(period)[InsertDetails]
            .Bind(visit).Bind(StoredTime.Microseconds(phases.Dns)).Bind(StoredTime.Microseconds(phases.Connect))
            .Bind(StoredTime.Microseconds(phases.Tls)).Bind(StoredTime.Microseconds(phases.FirstByte))
            .Bind(StoredTime.Microseconds(phases.Transfer)).Bind(details.OutlinkCount).Bind(details.Headers).Bind(details.Outlinks).Put();
        periods.Came(period, job, 1);
    }

    // An answer that must be asked for in full takes an older copy's place, too.
    private void Remember(Visit visit, long id)
    {
        if (visit is { Validators: { } validators, Details: not null })
            database[KeepCopy].Bind(visit.Key.Page.Value).Bind(id).Bind(validators.ETag).Bind(validators.LastModified).Put();
        else
            database[DropCopy].Bind(visit.Key.Page.Value).Put();
    }
}
