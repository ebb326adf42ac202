using Amble.App.Sql;
using Amble.App.Sql.Periods;

namespace Amble.Benchmarks;

/// <summary>
/// One ended job of many pages, all visited six days ago, each with details of 900 bytes: in a period, or in the one table of the version
/// before.
/// </summary>
internal static class ExpiredVisits
{
    private static readonly TimeSpan _age = TimeSpan.FromDays(6);

    public static void Put(Database main, PeriodStore periods, int count, bool byPeriod)
    {
        var at = DateTimeOffset.UtcNow - _age;
        var period = periods.Of(PeriodFamily.Details, at);
        var (ms, numbers) = (at.ToUnixTimeMilliseconds(), main.IsPostgres
            ? $"generate_series(1, {count}) AS n (i)"
            : $"(WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {count}) SELECT i FROM c) n");
        var named = byPeriod ? $"{period.Number}" : "NULL";
        // A database of this age has had its jobs before its visits; the triggers keep the orders.
        main.Execute(
            $"""
             BEGIN;
             INSERT INTO domains (id, name) VALUES (1, 'old.test');
             INSERT INTO jobs (id, start_url, start_host, include, exclude, concurrency, unpaced, warm, created_at, ended_at, pages, ok, requests, state)
             VALUES (1, 'http://old.test/', 'old.test', '[]', '[]', 5, 0, 0, {ms - 1_000}, {ms + 1_000}, {count}, {count}, {count}, 3);
             INSERT INTO pages (id, url, domain_id) SELECT i, 'http://old.test/some/path/to/page-' || i, 1 FROM {numbers};
             INSERT INTO frontier (job_id, page_id, domain_id, kind, state, class, depth, due_at, tries) SELECT 1, i, 1, 0, 1, 0, i % 5, 0, 1 FROM {numbers};
             INSERT INTO visits (id, job_id, page_id, class, status, started_at, milliseconds, bytes, tries, content_type, title, period)
             SELECT i, 1, i, 0, 200, {ms}, i % 977, i * 37 % 60000, 1, 'text/html', 'The title of page ' || i, {named} FROM {numbers};
             UPDATE stored SET value = {count} WHERE what = 'visits';
             INSERT INTO periods (family, number, ends_at, rows) SELECT 'details', {period.Number}, {periods.EndOf(period).ToUnixTimeMilliseconds()}, {count} WHERE {(byPeriod ? "true" : "false")};
             INSERT INTO period_jobs SELECT family, number, 1 FROM periods;
             COMMIT
             """);
        if (main.IsPostgres)
        {
            main.Execute("SELECT setval(pg_get_serial_sequence('pages', 'id'), max(id)) FROM pages; SELECT setval(pg_get_serial_sequence('visits', 'id'), max(id)) FROM visits");
            main.Execute("SELECT setval(pg_get_serial_sequence('jobs', 'id'), 1); SELECT setval(pg_get_serial_sequence('domains', 'id'), 1)");
        }
        PutDetails(main, periods, period, numbers, count, byPeriod);
    }

    private static void PutDetails(Database main, PeriodStore periods, Period period, string numbers, int count, bool byPeriod)
    {
        const string Columns = "visit_id, dns_us, connect_us, tls_us, first_byte_us, transfer_us, outlink_count, headers, outlinks";
        var headers = string.Concat(Enumerable.Repeat("Header-Name: its value\n", 13));
        if (main.IsPostgres)
        {
            if (byPeriod)
            {
                main.Execute(Partitions.Making(period));
                foreach (var piece in period.Family.Pieces!.Of(1, count)) main.Execute(Partitions.Making(period, piece));
            }
            var blob = $"decode(repeat(md5(i::text), 38), 'hex')";
            main.Execute(byPeriod
                ? $"INSERT INTO details (period, {Columns}) SELECT {period.Number}, i, 1, 2, 3, 4, 5, 20, '{headers}', {blob} FROM {numbers}"
                : $"INSERT INTO details_before ({Columns}) SELECT i, 1, 2, 3, 4, 5, 20, '{headers}', {blob} FROM {numbers}");
            main.Execute("VACUUM ANALYZE");
            return;
        }
        var insert = $"INSERT INTO details ({Columns}) SELECT i, 1, 2, 3, 4, 5, 20, '{headers}', randomblob(600) FROM {numbers}";
        if (byPeriod)
        {
            var file = periods.Write(period);
            file.Execute(insert);
            periods.Commit();
            periods.Stored();
            // What was put in one piece left a log as large as the file, which a crawl's short turns do not.
            file.Ask("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        else
        {
            main.Execute(insert);
        }
        main.Ask("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
