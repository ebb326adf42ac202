using Amble.App.Sql.Postgres;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;
using static Amble.Messages.RetentionProtocol;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>A turn touches what it names: however large the tables are, and however little the server's planner knows of them.</summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server)]
public sealed class PostgresTurnSpecs(ThrowawayPostgres postgres)
{
    private const int Pages = 5_000;
    private const int Slice = 50;

    private static readonly string[] _tables = ["visits", "frontier", "visit_order", "copies", "details_before", "pages"];

    [Fact, Trait("Seeds", "R-2"), Trait("Seeds", "R-6")]
    public void A_slice_of_a_purge_reads_no_table_whole()
    {
        using var store = postgres.OpenEmpty();
        PutExpired(store.Writing);
        var (writes, before, place) = (store.Writes, ReadWhole(store.Writing), new PurgePlace(0));
        for (var slice = 0; slice < 8; slice++)
        {
            var purged = Assert.IsType<SlicePurged>(Assert.Single(writes.Commit([new PurgeVisits(new JobId(1), place, Slice, Start)])));
            Assert.Equal(Slice, purged.Rows);
            place = purged.Next!.Value;
        }
        Assert.Equal(before, ReadWhole(store.Writing));
    }

    // Rows that the server has read in passes over whole tables.
    private static long ReadWhole(PostgresDatabase database)
    {
        database.Execute("SELECT pg_stat_force_next_flush()");
        database.Execute("SELECT pg_stat_clear_snapshot()");
        return long.Parse(
            database.Ask($"SELECT coalesce(sum(seq_tup_read), 0)::bigint FROM pg_stat_user_tables WHERE schemaname = current_schema() AND relname IN ({string.Join(", ", _tables.Select(table => $"'{table}'"))})"),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    // An ended job, all of whose visits began a day before the fixture's start. The triggers put them in order.
    private static void PutExpired(PostgresDatabase database)
    {
        var (at, numbers) = (Start.AddDays(-1).ToUnixTimeMilliseconds(), $"generate_series(1, {Pages}) AS n (i)");
        database.Execute(
            $"""
             INSERT INTO domains (id, name) VALUES (1, 'a.test');
             INSERT INTO jobs (id, start_url, start_host, include, exclude, concurrency, unpaced, warm, created_at, ended_at, pages, ok, requests, state)
             VALUES (1, 'http://a.test/', 'a.test', '[]', '[]', 5, 0, 0, {at}, {at}, {Pages}, {Pages}, {Pages}, 3);
             INSERT INTO pages (id, url, domain_id) SELECT i, 'http://a.test/' || i, 1 FROM {numbers};
             INSERT INTO frontier (job_id, page_id, domain_id, kind, state, class, depth, due_at, tries) SELECT 1, i, 1, 0, 1, 0, i % 5, 0, 1 FROM {numbers};
             INSERT INTO visits (id, job_id, page_id, class, status, started_at, milliseconds, bytes, tries, period)
             SELECT i, 1, i, 0, 200, {at}, i % 977, i % 6000, 1, NULL FROM {numbers};
             INSERT INTO details_before (visit_id, dns_us, connect_us, tls_us, first_byte_us, transfer_us, outlink_count, headers, outlinks)
             SELECT i, 1, 2, 3, 4, 5, 0, '', '' FROM {numbers};
             UPDATE stored SET value = {Pages} WHERE what = 'visits'
             """);
    }
}
