using Amble.App.Sql.Writing;
using Amble.Messages;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// Units of a turn, read in one go before its commands, changed in memory by the same rules as <see cref="UnitRowsByOne"/> changes the
/// table, and written by one statement before the commit: over a network, a question a unit would be most of a turn's time.
/// </summary>
internal sealed class UnitRowsAtOnce(PostgresDatabase database, LinkRowsAtOnce links, PeriodRows periods) : UnitRows
{
    private const string Select =
        """
        SELECT f.job_id, f.page_id, f.domain_id, f.kind, f.state, f.class, f.exclusion, f.depth, f.tries, f.throttles, f.errors, f.due_at, f.last_refused_at,
               f.warm, f.warm_tries, p.url
        FROM unnest($1, $2) AS k (job, page) JOIN frontier f ON f.job_id = k.job AND f.page_id = k.page JOIN pages p ON p.id = f.page_id
        """;

    private const string Update =
        """
        UPDATE frontier f
        SET state = u.state, class = u.class, exclusion = u.exclusion, tries = u.tries, throttles = u.throttles, errors = u.errors, due_at = u.due_at,
            last_refused_at = u.last_refused_at, warm = u.warm, warm_tries = u.warm_tries
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            AS u (job, page, state, class, exclusion, tries, throttles, errors, due_at, last_refused_at, warm, warm_tries)
        WHERE f.job_id = u.job AND f.page_id = u.page
        """;

    private const string SelectUrl = "SELECT url FROM pages WHERE id = ?";
    private const string VisitIds = "SELECT nextval(pg_get_serial_sequence('visits', 'id')) FROM generate_series(1, $1)";

    private readonly Dictionary<UnitKey, Row> _rows = [];
    private readonly RequestRowsAtOnce _requests = new(database, periods);
    private readonly Queue<long> _visits = [];

    /// <summary>Asks for these at once, and for the ids of so many new visits; what is given back takes the answers.</summary>
    public Action Prepare(IReadOnlyCollection<UnitKey> units, int visits)
    {
        var found = Asked(units);
        var ids = database.At(VisitIds);
        ids.Bind(visits);
        found.Ahead();
        ids.Ahead();
        return () =>
        {
            Take(found);
            while (ids.Step()) _visits.Enqueue(ids.Integer(0));
        };
    }

    /// <inheritdoc cref="RequestRowsAtOnce.Prepare" />
    public Action Prepare(IReadOnlyCollection<(RequestMade, DomainRow)> requests) => _requests.Prepare(requests);

    public override bool AddRequest(RequestMade request, DomainRow domain) => _requests.Add(request, domain);

    public override long CountTry(UnitKey unit, bool isWarm) => Of(unit) is not { } row ? 0 : row.Change(() => isWarm ? ++row.WarmTries : ++row.Tries);

    public override int? End(UnitKey unit, StatusClass @class) =>
        Of(unit) is not { State: 0, Warm: 0 } row || row.Kind == UnitKind.Sitemap ? null : row.Change(() => row.End(@class).Depth);

    public override int? OpenForWarm(UnitKey unit, long dueAt) =>
        Of(unit) is not { State: 0, Warm: 0, Kind: UnitKind.Page } row ? null : row.Change(() =>
        {
            (row.Warm, row.DueAt, row.Throttles, row.Errors, row.LastRefusedAt) = (1, dueAt, 0, 0, null);
            return row.Depth;
        });

    public override bool EndWarm(UnitKey unit) => Of(unit) is { State: 0, Warm: 1 } row && row.Change(() => row.End(StatusClass.Ok)) is not null;

    public override bool EndSitemap(UnitKey unit, StatusClass @class) =>
        Of(unit) is { State: 0, Kind: UnitKind.Sitemap } row && row.Change(() => row.End(@class)) is not null;

    public override ClosedUnit? Close(UnitKey unit, ExclusionReason? why)
    {
        if (Of(unit) is not { State: 0 } row) return null;
        row.Change(() => row.Warm == 1 ? row.End(StatusClass.Ok) : row.Close(why));
        return new ClosedUnit(row.Kind, row.Domain, row.Warm == 1);
    }

    public override void PutOff(Unit unit)
    {
        if (Of(unit.Key) is not { State: 0 } row) return;
        row.Change(() => (row.Throttles, row.Errors, row.DueAt, row.LastRefusedAt) =
            (unit.Throttles, unit.Errors, StoredTime.Milliseconds(unit.DueAt), StoredTime.Milliseconds(unit.LastRefusedAt)));
    }

    public override string UrlOf(PageId page)
    {
        foreach (var (unit, row) in _rows)
            if (unit.Page == page) return row.Url;
        var found = database[SelectUrl].Bind(page.Value);
        var url = found.Step() ? found.Text(0) : "";
        found.End();
        return url;
    }

    /// <summary>The id of the next visit.</summary>
    public long NextVisit()
    {
        if (_visits.Count == 0) _visits.Enqueue(database[VisitIds].Bind(1).Single()!.Value);
        return _visits.Dequeue();
    }

    public override void LetGo()
    {
        Flush();
        _rows.Clear();
    }

    public override void Flush()
    {
        _requests.Flush();
        var changed = _rows.Where(one => one.Value.IsChanged).ToArray();
        if (changed.Length == 0) return;
        long[] All(Func<Row, long> value) => Array.ConvertAll(changed, one => value(one.Value));
        long?[] Maybe(Func<Row, long?> value) => Array.ConvertAll(changed, one => value(one.Value));
        database.At(Update)
            .BindAll(Array.ConvertAll(changed, one => one.Key.Job.Value)).BindAll(Array.ConvertAll(changed, one => one.Key.Page.Value))
            .BindAll(All(row => row.State)).BindAll(Maybe(row => row.Class)).BindAll(Maybe(row => row.Exclusion)).BindAll(All(row => row.Tries))
            .BindAll(All(row => row.Throttles)).BindAll(All(row => row.Errors)).BindAll(All(row => row.DueAt)).BindAll(Maybe(row => row.LastRefusedAt))
            .BindAll(All(row => row.Warm)).BindAll(All(row => row.WarmTries)).Put();
        foreach (var (_, row) in changed) row.IsChanged = false;
    }

    public override void Forget()
    {
        _rows.Clear();
        _requests.Forget();
        _visits.Clear();
    }

    private Row? Of(UnitKey unit)
    {
        if (!_rows.ContainsKey(unit))
        {
            // It may have been found in this very turn.
            links.Flush();
            Take(Asked([unit]));
        }
        return _rows.GetValueOrDefault(unit);
    }

    private PostgresStatement Asked(IReadOnlyCollection<UnitKey> units) =>
        database.At(Select).BindAll([.. units.Select(unit => unit.Job.Value)]).BindAll([.. units.Select(unit => unit.Page.Value)]);

    private void Take(PostgresStatement found)
    {
        while (found.Step())
        {
            _rows[new UnitKey(new JobId(found.Integer(0)), new PageId(found.Integer(1)))] = new Row(found.Integer(2), found.Number(7), found.Text(15))
            {
                Kind = (UnitKind)found.Number(3),
                State = found.Integer(4),
                Class = found.MaybeInteger(5),
                Exclusion = found.MaybeInteger(6),
                Tries = found.Integer(8),
                Throttles = found.Integer(9),
                Errors = found.Integer(10),
                DueAt = found.Integer(11),
                LastRefusedAt = found.MaybeInteger(12),
                Warm = found.Integer(13),
                WarmTries = found.Integer(14),
            };
        }
    }

    private sealed class Row(long domain, int depth, string url)
    {
        public long Domain { get; } = domain;
        public int Depth { get; } = depth;
        public string Url { get; } = url;
        public UnitKind Kind { get; init; }
        public long State { get; set; }
        public long? Class { get; set; }
        public long? Exclusion { get; set; }
        public long Tries { get; set; }
        public long Throttles { get; set; }
        public long Errors { get; set; }
        public long DueAt { get; set; }
        public long? LastRefusedAt { get; set; }
        public long Warm { get; set; }
        public long WarmTries { get; set; }
        public bool IsChanged { get; set; }

        public T Change<T>(Func<T> change)
        {
            IsChanged = true;
            return change();
        }

        public Row End(StatusClass @class)
        {
            (State, Class) = (1, (long)@class);
            return this;
        }

        public Row Close(ExclusionReason? why)
        {
            (State, Exclusion) = (why is null ? 1 : 2, (long?)why);
            return this;
        }
    }
}
