using Amble.App.Sql.Periods;
using Amble.App.Sql.Writing;
using Amble.Messages;

namespace Amble.App.Sql.Postgres;

/// <summary>The visits of a turn with all that hangs on them, written by one statement a table.</summary>
internal sealed class VisitRowsAtOnce(PostgresDatabase database, UnitRowsAtOnce units, PeriodRows periods) : VisitRows
{
    private const string InsertVisits =
        """
        INSERT INTO visits (id, job_id, page_id, class, status, started_at, milliseconds, bytes, tries, noindex, nofollow, content_type, redirect_to, title,
                            canonical, error, description, heading, headings, words, outlinks, cache, not_modified, saved_bytes, period)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
        """;

    private const string InsertDetails =
        """
        INSERT INTO details (period, visit_id, dns_us, connect_us, tls_us, first_byte_us, transfer_us, outlink_count, headers, outlinks)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string SetTitles =
        "UPDATE pages p SET title = u.title FROM unnest($1, $2) AS u (page, title) WHERE p.id = u.page AND (p.title IS NULL OR p.title <> u.title)";

    private const string KeepCopies =
        """
        INSERT INTO copies (page_id, visit_id, etag, last_modified) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (page_id) DO UPDATE SET visit_id = excluded.visit_id, etag = excluded.etag, last_modified = excluded.last_modified
        """;

    private const string DropCopies = "DELETE FROM copies WHERE page_id = ANY($1)";

    private readonly List<(long Id, Visit Visit, Period Period)> _new = [];

    public override void Insert(Visit visit, DateTimeOffset at) => _new.Add((units.NextVisit(), visit, periods.Of(PeriodFamily.Details, at)));

    public override void Flush()
    {
        if (_new.Count == 0) return;
        (long Id, Visit Visit, Period Period)[] all = [.. _new];
        _new.Clear();
        PutVisits(all);
        PutDetails([.. all.Where(one => one.Visit.Details is not null)]);
        // Of two visits of one page the later one counts.
        PutTitles([.. all.Where(one => one.Visit.Title is not null).Reverse().DistinctBy(one => one.Visit.Key.Page)]);
        PutCopies([.. all.Where(one => one.Visit.Class == StatusClass.Ok).Reverse().DistinctBy(one => one.Visit.Key.Page)]);
    }

    public override void Forget() => _new.Clear();

    private void PutVisits((long Id, Visit Visit, Period Period)[] all)
    {
        long[] Numbers(Func<Visit, long> value) => Array.ConvertAll(all, one => value(one.Visit));
        string?[] Texts(Func<Visit, string?> value) => Array.ConvertAll(all, one => value(one.Visit));
        database.At(InsertVisits)
            .BindAll(Array.ConvertAll(all, one => one.Id)).BindAll(Numbers(visit => visit.Key.Job.Value)).BindAll(Numbers(visit => visit.Key.Page.Value))
            .BindAll(Numbers(visit => (long)visit.Class)).BindAll(Array.ConvertAll(all, one => (long?)one.Visit.Status))
            .BindAll(Numbers(visit => StoredTime.Milliseconds(visit.StartedAt))).BindAll(Numbers(visit => visit.Milliseconds)).BindAll(Numbers(visit => visit.Bytes))
            .BindAll(Numbers(visit => visit.Tries)).BindAll(Numbers(visit => visit.NoIndex ? 1 : 0)).BindAll(Numbers(visit => visit.NoFollow ? 1 : 0))
            .BindAll(Texts(visit => visit.ContentType)).BindAll(Texts(visit => visit.RedirectTo?.Text)).BindAll(Texts(visit => visit.Title))
            .BindAll(Texts(visit => visit.Canonical)).BindAll(Texts(visit => visit.Error)).BindAll(Texts(visit => visit.Facts.Description))
            .BindAll(Texts(visit => visit.Facts.Heading)).BindAll(Numbers(visit => visit.Facts.Headings)).BindAll(Numbers(visit => visit.Facts.Words))
            .BindAll(Numbers(visit => visit.Details?.OutlinkCount ?? 0)).BindAll(Numbers(visit => (long)visit.Cache))
            .BindAll(Numbers(visit => visit.NotModified ? 1 : 0)).BindAll(Numbers(visit => visit.SavedBytes))
            .BindAll(Array.ConvertAll(all, long? (one) => one.Visit.Details is null ? null : one.Period.Number)).Put();
    }

    private void PutDetails((long Id, Visit Visit, Period Period)[] all)
    {
        if (all.Length == 0) return;
        foreach (var of in all.GroupBy(one => one.Period)) periods.Write(of.Key, of.Min(one => one.Id), of.Max(one => one.Id));
        foreach (var (of, count) in all.CountBy(one => (one.Period, one.Visit.Key.Job))) periods.Came(of.Period, of.Job, count);
        long[] Spans(Func<Phases, TimeSpan> value) => Array.ConvertAll(all, one => StoredTime.Microseconds(value(one.Visit.Details!.Phases)));
        database.At(InsertDetails)
            .BindAll(Array.ConvertAll(all, one => one.Period.Number)).BindAll(Array.ConvertAll(all, one => one.Id)).BindAll(Spans(phases => phases.Dns)).BindAll(Spans(phases => phases.Connect)).BindAll(Spans(phases => phases.Tls))
            .BindAll(Spans(phases => phases.FirstByte)).BindAll(Spans(phases => phases.Transfer)).BindAll(Array.ConvertAll(all, one => (long)one.Visit.Details!.OutlinkCount))
            .BindAll(Array.ConvertAll(all, string? (one) => one.Visit.Details!.Headers)).BindAll(Array.ConvertAll(all, one => one.Visit.Details!.Outlinks)).Put();
    }

    private void PutTitles((long Id, Visit Visit, Period Period)[] all)
    {
        if (all.Length == 0) return;
        database.At(SetTitles).BindAll(Array.ConvertAll(all, one => one.Visit.Key.Page.Value)).BindAll(Array.ConvertAll(all, one => one.Visit.Title)).Put();
    }

    private void PutCopies((long Id, Visit Visit, Period Period)[] all)
    {
        var kept = all.Where(one => one.Visit is { Validators: not null, Details: not null }).ToArray();
        if (kept.Length > 0)
        {
            database.At(KeepCopies)
                .BindAll(Array.ConvertAll(kept, one => one.Visit.Key.Page.Value)).BindAll(Array.ConvertAll(kept, one => one.Id))
                .BindAll(Array.ConvertAll(kept, one => one.Visit.Validators!.ETag)).BindAll(Array.ConvertAll(kept, one => one.Visit.Validators!.LastModified)).Put();
        }
        var dropped = all.Except(kept).Select(one => one.Visit.Key.Page.Value).ToArray();
        if (dropped.Length > 0) database.At(DropCopies).BindAll(dropped).Put();
    }
}
