using Amble.App.Sql.Periods;
using Amble.App.Sql.Postgres;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>What the access log has come to.</summary>
internal static class AccessReads
{
    private const string Total = "SELECT coalesce(sum(people), 0), coalesce(sum(bots), 0) FROM views WHERE path = ?";
    private const string Days = "SELECT day, people, bots FROM views WHERE path = ? ORDER BY day DESC LIMIT ?";
    private const string AllDays = "SELECT day, sum(people), sum(bots) FROM views WHERE day >= ? GROUP BY day ORDER BY day DESC";
    private const string TotalPostgres = "SELECT coalesce(sum(people), 0)::bigint, coalesce(sum(bots), 0)::bigint FROM views WHERE path = ?";
    private const string AllDaysPostgres = "SELECT day, sum(people)::bigint, sum(bots)::bigint FROM views WHERE day >= ? GROUP BY day ORDER BY day DESC";

    private const string People =
        """
        SELECT coalesce(sum(v.people), 0)::bigint FROM unnest($1::text[]) WITH ORDINALITY AS k (path, n) LEFT JOIN views v ON v.path = k.path COLLATE "C"
        GROUP BY k.n ORDER BY k.n
        """;

    private const string Gaps =
        """
        SELECT s.node, g.from_at, g.to_at, g.reason, g.count FROM hit_gaps g LEFT JOIN hit_sources s ON s.id = g.source
        ORDER BY g.id DESC LIMIT ?
        """;

    public static Views ReadViews(Database database, string path)
    {
        var found = database[Total, TotalPostgres].Bind(path);
        found.Step();
        var views = new Views(found.Integer(0), found.Integer(1));
        found.End();
        return views;
    }

    public static IReadOnlyList<long> ReadPeople(Database database, IReadOnlyList<string> paths)
    {
        if (database is not PostgresDatabase postgres) return [.. paths.Select(path => ReadViews(database, path).People)];
        var views = new List<long>(paths.Count);
        var found = postgres.At(People).BindAll([.. paths]);
        while (found.Step()) views.Add(found.Integer(0));
        return views;
    }

    public static IReadOnlyList<DayViews> ReadDays(Database database, string path, int limit) => Read(database[Days].Bind(path).Bind(limit));

    public static IReadOnlyList<DayViews> ReadAllDays(Database database, DateOnly from) => Read(database[AllDays, AllDaysPostgres].Bind(from.DayNumber - Epoch));

    public static IReadOnlyList<KeptHits> ReadKept(Database database) =>
        [.. PeriodCatalog.Read(database).Where(named => named.Period.Family == PeriodFamily.Hits).Reverse().Select(named => new KeptHits(DateOnly.FromDayNumber(Epoch + (int)(named.Period.Number / 24)), named.Rows))];

    public static IReadOnlyList<ToldGap> ReadGaps(Database database, int limit)
    {
        var gaps = new List<ToldGap>();
        var found = database[Gaps].Bind(limit);
        while (found.Step())
        {
            gaps.Add(new ToldGap(
                found.MaybeText(0) ?? "", new HitGap(StoredTime.Instant(found.Integer(1)), StoredTime.Instant(found.Integer(2)), (GapReason)found.Number(3), found.MaybeInteger(4))));
        }
        return gaps;
    }

    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static List<DayViews> Read(Statement found)
    {
        var days = new List<DayViews>();
        while (found.Step()) days.Add(new DayViews(DateOnly.FromDayNumber(Epoch + found.Number(0)), new Views(found.Integer(1), found.Integer(2))));
        return days;
    }
}
