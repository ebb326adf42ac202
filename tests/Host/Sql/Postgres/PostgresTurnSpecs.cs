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
    private const int Pages = 20_000;
    private const int Rows = 50;
    // Beyond all numbers that the store gives here.
    private const int Old = 1_000_000;

    // A dozen indexes know a row, each some pages deep. Measured: 23 and 86.
    private const int MostOfADeletedRow = 50;
    private const int MostOfAWrittenRow = 170;

    [Fact, Trait("Seeds", "R-2"), Trait("Seeds", "R-6")]
    public void A_slice_of_a_purge_reads_what_it_deletes()
    {
        using var store = postgres.OpenEmpty();
        PutVisited(store.Writing);
        var (before, place) = (Read(store.Writing), new PurgePlace(0));
        for (var slice = 0; slice < 8; slice++)
        {
            var purged = Assert.IsType<SlicePurged>(Assert.Single(store.Writes.Commit([new PurgeVisits(new JobId(Old), place, Rows, Start)])));
            Assert.Equal(Rows, purged.Rows);
            place = purged.Next!.Value;
        }
        Assert.InRange(Read(store.Writing) - before, 8 * Rows, 8 * Rows * MostOfADeletedRow);
    }

    [Fact, Trait("Seeds", "R-2")]
    public void A_slice_of_what_a_job_leaves_passes_over_nothing_that_slices_before_it_deleted()
    {
        using var store = postgres.OpenEmpty();
        PutVisited(store.Writing);
        Assert.Equal(Pages, Slices(Pages / 4, (place, rows) => new PurgeVisits(new JobId(Old), place, rows, Start)).Rows);
        var before = Read(store.Writing);
        var (rows, slices) = Slices(Pages / 100, (place, rows) => new EmptyJob(new JobId(Old), place, false, rows, Start));
        Assert.Equal((Pages, 101), (rows, slices));
        // As many as there are rows, twice: where a slice ends, and what goes.
        Assert.InRange(Read(store.Writing) - before, Pages, Pages * 6);
        Assert.False(store.Retention.HasOrders(new JobId(Old)));

        (long Rows, int Slices) Slices(int rows, Func<PurgePlace, int, WriterProtocol.ICommand> command)
        {
            var (sum, slices) = (0L, 0);
            for (PurgePlace? place = default(PurgePlace); place is { } from; slices++)
            {
                var slice = Assert.IsType<SlicePurged>(Assert.Single(store.Writes.Commit([command(from, rows)])));
                (sum, place) = (sum + slice.Rows, slice.Next);
            }
            return (sum, slices);
        }
    }

    [Fact, Trait("Seeds", "S-2")]
    public void A_turn_reads_what_it_writes_also_by_plans_made_while_the_tables_were_empty()
    {
        using var store = postgres.OpenEmpty();
        var fixture = Of(store);
        var job = fixture.Create(start: Url("/", "b.test"));
        var home = fixture.Unit(job, Url("/", "b.test")).Key;
        // A plan is kept after some uses.
        for (var turn = 0; turn < 8; turn++) Crawl(turn);
        PutVisited(store.Writing);
        var before = Read(store.Writing);
        for (var turn = 8; turn < 16; turn++) Crawl(turn);
        Assert.InRange(Read(store.Writing) - before, 8 * Rows, 8 * Rows * MostOfAWrittenRow);

        void Crawl(int turn)
        {
            store.Writes.Commit([Links(home, [.. Enumerable.Range(0, Rows).Select(n => new FoundUrl(Url($"/{turn}/{n}", "b.test"), 1, 0, ""))]) with { Part = turn }]);
            var found = fixture.Open("b.test").Where(unit => unit.Url.PathAndQuery.StartsWith($"/{turn}/", StringComparison.Ordinal)).ToList();
            Assert.Equal(Rows, found.Count);
            store.Writes.Commit([.. found.Select(unit => Visited(unit.Key, unit.Url))]);
        }
    }

    // Rows that were found, and pages of indexes that were looked at for them.
    private static long Read(PostgresDatabase database)
    {
        database.Execute("SELECT pg_stat_force_next_flush()");
        database.Execute("SELECT pg_stat_clear_snapshot()");
        return long.Parse(
            database.Ask(
                """
                SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE schemaname = current_schema())
                     + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE schemaname = current_schema())
                     + (SELECT sum(idx_blks_hit + idx_blks_read) FROM pg_statio_user_indexes WHERE schemaname = current_schema())
                """),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    // An ended job, all of whose visits began a day before the fixture's start. The triggers put them in order.
    private static void PutVisited(PostgresDatabase database)
    {
        var (at, numbers) = (Start.AddDays(-1).ToUnixTimeMilliseconds(), $"generate_series({Old}, {Old + Pages - 1}) AS n (i)");
        database.Execute(
            $"""
             INSERT INTO domains (id, name) VALUES ({Old}, 'a.test');
             INSERT INTO jobs (id, start_url, start_host, include, exclude, concurrency, unpaced, warm, created_at, ended_at, pages, ok, requests, state)
             VALUES ({Old}, 'http://a.test/', 'a.test', '[]', '[]', 5, 0, 0, {at}, {at}, {Pages}, {Pages}, {Pages}, 3);
             INSERT INTO pages (id, url, domain_id) SELECT i, 'http://a.test/' || i, {Old} FROM {numbers};
             INSERT INTO frontier (job_id, page_id, domain_id, kind, state, class, depth, due_at, tries) SELECT {Old}, i, {Old}, 0, 1, 0, i % 5, 0, 1 FROM {numbers};
             INSERT INTO visits (id, job_id, page_id, class, status, started_at, milliseconds, bytes, tries, period)
             SELECT i, {Old}, i, 0, 200, {at}, i % 977, i % 6000, 1, NULL FROM {numbers};
             INSERT INTO details_before (visit_id, dns_us, connect_us, tls_us, first_byte_us, transfer_us, outlink_count, headers, outlinks)
             SELECT i, 1, 2, 3, 4, 5, 0, '', '' FROM {numbers};
             UPDATE stored SET value = value + {Pages} WHERE what = 'visits'
             """);
    }
}
