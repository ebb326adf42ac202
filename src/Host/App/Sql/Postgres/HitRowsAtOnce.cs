using Amble.App.Sql.Periods;
using Amble.App.Sql.Writing;
using Amble.Messages;
using Npgsql;
using NpgsqlTypes;

namespace Amble.App.Sql.Postgres;

/// <summary>Hits by binary COPY into their day's partition, and their views by one statement.</summary>
internal sealed class HitRowsAtOnce(PostgresDatabase database, PeriodRows periods) : HitRows
{
    private const string CopyHits =
        "COPY hits (period, source, sequence, at_us, method, path, kind, status, bytes, duration_us, cache_hit, client, agent) FROM STDIN (FORMAT BINARY)";

    // In the order of the key, so that two writers could never wait for each other.
    private const string AddViews =
        """
        INSERT INTO views (path, day, people, bots) SELECT * FROM unnest($1, $2, $3, $4) ORDER BY 1, 2
        ON CONFLICT (path, day) DO UPDATE SET people = views.people + excluded.people, bots = views.bots + excluded.bots
        """;

    public override void Insert(Period period, long source, long sequence, IEnumerable<Hit> hits, int count)
    {
        periods.Write(period);
        database.Copy(CopyHits, rows =>
        {
            foreach (var hit in hits)
            {
                rows.StartRow();
                Number(rows, period.Number);
                Number(rows, source);
                Number(rows, sequence);
                Number(rows, StoredTime.Microseconds(hit.At));
                Text(rows, hit.Method);
                Text(rows, hit.Path);
                Number(rows, (long)hit.Kind);
                Number(rows, hit.Status);
                Number(rows, hit.Bytes);
                Number(rows, StoredTime.Microseconds(hit.Duration));
                Number(rows, hit.CacheHit ? 1 : 0);
                Text(rows, hit.Client);
                Number(rows, (long)hit.Agent);
            }
        });
        periods.Came(period, count);
    }

    public override void Add(IReadOnlyCollection<PageViews> views)
    {
        if (views.Count == 0) return;
        database.At(AddViews)
            .BindAll([.. views.Select(string? (one) => one.Path)]).BindAll([.. views.Select(one => one.Day)])
            .BindAll([.. views.Select(one => one.People)]).BindAll([.. views.Select(one => one.Bots)]).Put();
    }

    private static void Number(NpgsqlBinaryImporter rows, long value) => rows.Write(value, NpgsqlDbType.Bigint);

    private static void Text(NpgsqlBinaryImporter rows, string value) => rows.Write(PostgresStatement.Storable(value), NpgsqlDbType.Text);
}
