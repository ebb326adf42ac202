using System.Globalization;

namespace Amble.App.Sql.Periods;

/// <summary>Partitions of a PostgreSQL database and their pieces: their names, and the statements that make, find and measure them.</summary>
internal static class Partitions
{
    /// <summary>The numbers of a family's periods that have a partition and that the main database does not name.</summary>
    public const string Unnamed =
        """
        SELECT n.number FROM pg_class c, LATERAL (SELECT substring(c.relname FROM '_p([0-9]+)$')::bigint AS number) n
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass($1)) AND c.relname ~ ('^' || $1 || '_p[0-9]+$')
          AND NOT EXISTS (SELECT 1 FROM periods p WHERE p.family = $1 AND p.number = n.number)
        ORDER BY 1
        """;

    /// <summary>Bytes of a partition with its pieces.</summary>
    public const string Size =
        """
        SELECT (pg_total_relation_size(to_regclass($1))
            + (SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0) FROM pg_inherits WHERE inhparent = to_regclass($1)))::bigint
        """;

    // Whoever makes one waits for another who does: both would find that it is not there.
    private const long Lock = 0x416d6271;

    // What a vacuum dirties comes to the disk steadily.
    private const string Table = "WITH (autovacuum_vacuum_cost_delay = 20)";

    public static string NameOf(Period period) => $"{period.Family.Name}_p{Text(period.Number)}";

    /// <summary>A statement that makes and attaches a period's partition, unless it is attached.</summary>
    public static string Making(Period period) => Attaching(
        period.Family.Name, NameOf(period), period.Family.Pieces is { } pieces ? $"PARTITION BY RANGE ({pieces.Column})" : Table, $"IN ({Text(period.Number)})", "true");

    /// <summary>The same for a piece of it, unless the partition is one that an earlier version made in one piece.</summary>
    public static string Making(Period period, long piece)
    {
        var (whole, rows) = (NameOf(period), period.Family.Pieces!.Rows);
        return Attaching(
            whole, $"{whole}_{Text(piece)}", Table, $"FROM ({Text(piece * rows)}) TO ({Text((piece + 1) * rows)})",
            $"EXISTS (SELECT 1 FROM pg_class WHERE oid = to_regclass('{whole}') AND relkind = 'p')");
    }

    /// <summary>The last statement of those that remove a partition.</summary>
    public static string Dropping(Period period) => Dropping(NameOf(period));

    /// <summary>Answers the next of the statements that remove a partition: it is detached, then its pieces go, then it goes itself.</summary>
    public static string NextRemoval(Period period)
    {
        var name = NameOf(period);
        return $"""
                SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass('{name}')) THEN 'ALTER TABLE {period.Family.Name} DETACH PARTITION {name}'
                    ELSE coalesce(
                        (SELECT '{Dropping("' || inhrelid::regclass || '")}' FROM pg_inherits WHERE inhparent = to_regclass('{name}') LIMIT 1),
                        '{Dropping(name)}') END
                """;
    }

    private static string Dropping(string name) => $"DROP TABLE IF EXISTS {name}";

    private static string Attaching(string whole, string name, string how, string which, string where) =>
        $"""
         DO $$ BEGIN
             IF {where} AND NOT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass('{name}')) THEN
                 PERFORM pg_advisory_xact_lock({Text(Lock)});
                 IF NOT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass('{name}')) THEN
                     CREATE TABLE IF NOT EXISTS {name} (LIKE {whole} INCLUDING ALL) {how};
                     ALTER TABLE {whole} ATTACH PARTITION {name} FOR VALUES {which};
                 END IF;
             END IF;
         END $$
         """;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
