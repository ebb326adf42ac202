using Amble.App.Sql.Periods;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>Hits by a statement a row, in the one transaction of their day's database.</summary>
internal sealed class HitRowsByOne(Database database, PeriodRows periods) : HitRows
{
    private const string InsertHit =
        """
        INSERT INTO hits (source, sequence, at_us, method, path, kind, status, bytes, duration_us, cache_hit, client, agent)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string AddViews =
        """
        INSERT INTO views (path, day, people, bots) VALUES (?, ?, ?, ?)
        ON CONFLICT (path, day) DO UPDATE SET people = views.people + excluded.people, bots = views.bots + excluded.bots
        """;

    public override void Insert(Period period, long source, long sequence, IEnumerable<Hit> hits, int count)
    {
        var into = periods.Write(period);
        var last = 0L;
        foreach (var hit in hits)
        {
            last = into[InsertHit]
                .Bind(source).Bind(sequence).Bind(StoredTime.Microseconds(hit.At)).Bind(hit.Method).Bind(hit.Path).Bind((long)hit.Kind).Bind(hit.Status)
                .Bind(hit.Bytes).Bind(StoredTime.Microseconds(hit.Duration)).Bind(hit.CacheHit).Bind(hit.Client).Bind((long)hit.Agent).RunForId()!.Value;
        }
        periods.Came(period, count, last);
    }

    public override void Add(IReadOnlyCollection<PageViews> views)
    {
        foreach (var one in views) database[AddViews].Bind(one.Path).Bind(one.Day).Bind(one.People).Bind(one.Bots).Put();
    }
}
