using Amble.App.Sql.Postgres;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>The jobs that this turn speaks of.</summary>
internal sealed class JobRows(Database database, StoredCounts counts)
{
    private const string Columns =
        """
        SELECT state, reason, resume_at, ended_at, first_request_at, last_request_end_at, max_pages, pages, pending, excluded,
               requests, retries, throttled, bytes, ok, redirected, refused, broken, unknown,
               not_modified, saved_bytes, warmed, warmed_hits, outcome, reported, id, purged, emptied
        FROM jobs
        """;

    private const string Select = Columns + " WHERE id = ?";
    private const string SelectAll = Columns + " WHERE id = ANY($1)";

    private const string Update =
        """
        UPDATE jobs SET state = ?, reason = ?, resume_at = ?, ended_at = ?, first_request_at = ?, last_request_end_at = ?, pages = ?, pending = ?,
               excluded = ?, requests = ?, retries = ?, throttled = ?, bytes = ?, ok = ?, redirected = ?, refused = ?, broken = ?, unknown = ?,
               not_modified = ?, saved_bytes = ?, warmed = ?, warmed_hits = ?, outcome = ?, reported = ?,
               purged = ?, emptied = ?
        WHERE id = ?
        """;

    private readonly Dictionary<JobId, JobRow> _rows = [];

    // Minus the visits that these jobs had when they were read or last written.
    private long _before;

    /// <summary>Null when there is no such job.</summary>
    public JobRow? Find(JobId id)
    {
        if (_rows.TryGetValue(id, out var known)) return known;
        var found = database[Select].Bind(id.Value);
        if (!found.Step()) return null;
        var row = Read(found);
        found.End();
        return row;
    }

    /// <summary>Asks for these at once; what is given back takes the answer.</summary>
    public Action Prepare(PostgresDatabase postgres, IReadOnlyCollection<JobId> ids)
    {
        var found = postgres.At(SelectAll).BindAll([.. ids.Select(id => id.Value)]);
        found.Ahead();
        return () =>
        {
            while (found.Step()) Read(found);
        };
    }

    private JobRow Read(Statement found)
    {
        var row = new JobRow(new JobId(found.Integer(25)))
        {
            State = (JobState)found.Number(0),
            Reason = found.MaybeText(1),
            ResumeAt = found.MaybeInteger(2),
            EndedAt = found.MaybeInteger(3),
            FirstRequestAt = found.MaybeInteger(4),
            LastRequestEndAt = found.MaybeInteger(5),
            MaxPages = found.MaybeInteger(6),
            Pages = found.Integer(7),
            Pending = found.Integer(8),
            Excluded = found.Integer(9),
            Requests = found.Integer(10),
            Retries = found.Integer(11),
            Throttled = found.Integer(12),
            Bytes = found.Integer(13),
            NotModified = found.Integer(19),
            SavedBytes = found.Integer(20),
            Warmed = found.Integer(21),
            WarmedHits = found.Integer(22),
            Outcome = (JobState?)found.MaybeInteger(23),
            IsReported = found.Flag(24),
            Purged = found.Integer(26),
            Emptied = found.Integer(27),
        };
        for (var i = 0; i < row.Visits.Length; i++) row.Visits[i] = found.Integer(14 + i);
        _rows.Add(row.Id, row);
        _before -= row.Stored;
        return row;
    }

    public void Flush()
    {
        foreach (var row in _rows.Values)
        {
            if (!row.IsChanged) continue;
            var update = database[Update]
                .Bind((long)row.State).Bind(row.Reason).Bind(row.ResumeAt).Bind(row.EndedAt).Bind(row.FirstRequestAt).Bind(row.LastRequestEndAt)
                .Bind(row.Pages).Bind(row.Pending).Bind(row.Excluded).Bind(row.Requests).Bind(row.Retries).Bind(row.Throttled).Bind(row.Bytes);
            foreach (var visits in row.Visits) update.Bind(visits);
            update
                .Bind(row.NotModified).Bind(row.SavedBytes).Bind(row.Warmed).Bind(row.WarmedHits).Bind((long?)row.Outcome).Bind(row.IsReported)
                .Bind(row.Purged).Bind(row.Emptied).Bind(row.Id.Value).Put();
            row.IsChanged = false;
        }
        var now = _rows.Values.Sum(row => row.Stored);
        if (now + _before != 0) counts.VisitsCame(now + _before);
        _before = -now;
    }

    public void Forget()
    {
        _rows.Clear();
        _before = 0;
    }
}
