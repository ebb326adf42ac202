using Amble.App.Sql.Periods;
using Amble.App.Sql.Writing;
using Amble.Messages;

namespace Amble.App.Sql.Postgres;

/// <summary>Requests of a turn: which are there already is read in one go, and those that are not are written by one statement.</summary>
internal sealed class RequestRowsAtOnce(PostgresDatabase database, PeriodRows periods)
{
    private const string Select =
        """
        SELECT k.n FROM unnest($1, $2, $3, $4, $5, $6) WITH ORDINALITY AS k (period, domain, started, job, page, kind, n)
        WHERE EXISTS (SELECT 1 FROM requests r WHERE r.period = k.period
                AND r.domain_id = k.domain AND r.started_us = k.started AND r.job_id = k.job AND r.page_id = k.page AND r.kind = k.kind)
           OR EXISTS (SELECT 1 FROM requests_before r
              WHERE r.domain_id = k.domain AND r.started_us = k.started AND r.job_id = k.job AND r.page_id = k.page AND r.kind = k.kind)
        """;

    private const string Insert =
        """
        INSERT INTO requests (period, domain_id, started_us, job_id, page_id, kind, status, milliseconds) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (period, domain_id, started_us, job_id, page_id, kind) DO NOTHING
        """;

    private readonly Dictionary<Key, bool> _isThere = [];
    private readonly List<(Key Key, RequestMade Request)> _new = [];

    /// <summary>Asks at once which of these are there; what is given back takes the answer.</summary>
    public Action Prepare(IReadOnlyCollection<(RequestMade Request, DomainRow Domain)> requests)
    {
        var keys = requests.Select(one => Of(one.Request, one.Domain)).Where(key => !_isThere.ContainsKey(key)).Distinct().ToArray();
        if (keys.Length == 0) return () => { };
        foreach (var key in keys) _isThere.Add(key, false);
        var found = Bind(database.At(Select), keys);
        found.Ahead();
        return () =>
        {
            while (found.Step()) _isThere[keys[found.Integer(0) - 1]] = true;
        };
    }

    public bool Add(RequestMade request, DomainRow domain)
    {
        var key = Of(request, domain);
        if (!_isThere.ContainsKey(key)) Prepare([(request, domain)])();
        if (_isThere[key]) return false;
        _isThere[key] = true;
        _new.Add((key, request));
        return true;
    }

    public void Flush()
    {
        if (_new.Count == 0) return;
        foreach (var period in _new.CountBy(one => one.Key.Period)) periods.Write(period.Key);
        foreach (var (of, count) in _new.CountBy(one => (one.Key.Period, one.Request.Job))) periods.Came(of.Period, of.Job, count);
        Bind(database.At(Insert), [.. _new.Select(one => one.Key)])
            .BindAll([.. _new.Select(one => (long)one.Request.Status)]).BindAll([.. _new.Select(one => (long)one.Request.Milliseconds)]).Put();
        _new.Clear();
    }

    public void Forget()
    {
        _isThere.Clear();
        _new.Clear();
    }

    private static PostgresStatement Bind(PostgresStatement statement, Key[] keys) => statement
        .BindAll(Array.ConvertAll(keys, key => key.Period.Number)).BindAll(Array.ConvertAll(keys, key => key.Domain)).BindAll(Array.ConvertAll(keys, key => key.Started))
        .BindAll(Array.ConvertAll(keys, key => key.Job)).BindAll(Array.ConvertAll(keys, key => key.Page)).BindAll(Array.ConvertAll(keys, key => key.Kind));

    private Key Of(RequestMade request, DomainRow domain) => new(
        periods.Of(PeriodFamily.Requests, request.StartedAt), domain.Id, StoredTime.Microseconds(request.StartedAt), request.Job.Value, request.Page?.Value ?? 0,
        (long)request.Kind);

    private readonly record struct Key(Period Period, long Domain, long Started, long Job, long Page, long Kind);
}
