using System.Diagnostics;
using Amble.App.Sql;
using Amble.Messages;
using Microsoft.Data.Sqlite;

namespace Amble.Benchmarks;

/// <summary>The rows of a crawl by prepared statements and nothing else: nothing is looked up, nothing is checked, no number is kept.</summary>
internal static class BareInserts
{
    private const int PagesPerTransaction = 128;

    public static double Run(string directory, int newLinks, int pages, out TimeSpan longest)
    {
        SqliteStore.Open(directory, _ => []).Dispose();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "amble.db")};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY");
        var page = new Insert(connection, "INSERT INTO pages (id, url, domain_id, title) VALUES (@0, @1, 1, @2)", 3);
        var unit = new Insert(
            connection, "INSERT INTO frontier (job_id, page_id, domain_id, kind, state, depth, due_at, source_page, anchor) VALUES (1, @0, 1, 0, 0, 1, @1, @2, @3)", 4);
        var ended = new Insert(connection, "UPDATE frontier SET state = 1, class = 0, tries = 1 WHERE job_id = 1 AND page_id = @0", 1);
        var visit = new Insert(
            connection,
            "INSERT INTO visits (job_id, page_id, class, status, started_at, milliseconds, bytes, tries, content_type, title) VALUES (1, @0, 0, 200, @1, 7, 20000, 1, 'text/html', @2)", 3);
        var details = new Insert(
            connection,
            "INSERT INTO details (visit_id, dns_us, connect_us, tls_us, first_byte_us, transfer_us, outlink_count, headers, outlinks) VALUES (last_insert_rowid(), 0, 0, 0, 0, 0, 40, @0, @1)", 2);
        var request = new Insert(
            connection, "INSERT INTO requests (domain_id, started_us, job_id, page_id, kind, status, milliseconds) VALUES (1, @0, 1, @1, 0, 200, 7)", 2);
        var outlinks = new byte[600];
        var headers = string.Concat(Enumerable.Repeat("Header-Name: its value\n", 12));
        var crawled = new CrawledPages(new JobId(1), newLinks);
        var found = Enumerable.Range(0, pages).Select(crawled.FoundOn).ToList();

        longest = TimeSpan.Zero;
        var began = Stopwatch.GetTimestamp();
        for (var first = 0; first < pages; first += PagesPerTransaction)
        {
            var transactionBegan = Stopwatch.GetTimestamp();
            Execute(connection, "BEGIN IMMEDIATE");
            for (var number = first; number < Math.Min(pages, first + PagesPerTransaction); number++)
            {
                foreach (var link in found[number].Take(newLinks))
                {
                    page.Run(CrawledPages.IdOf(link), CrawledPages.UrlOf(link), $"Page {link}");
                    unit.Run(CrawledPages.IdOf(link), number, CrawledPages.IdOf(number), $"Page {link}");
                }
                ended.Run(CrawledPages.IdOf(number));
                visit.Run(CrawledPages.IdOf(number), number, $"Page {number}");
                details.Run(headers, outlinks);
                request.Run(number, CrawledPages.IdOf(number));
            }
            Execute(connection, "COMMIT");
            var took = Stopwatch.GetElapsedTime(transactionBegan);
            if (took > longest) longest = took;
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Insert
    {
        private readonly SqliteCommand _command;

        public Insert(SqliteConnection connection, string sql, int values)
        {
            _command = connection.CreateCommand();
            _command.CommandText = sql;
            for (var i = 0; i < values; i++) _command.Parameters.Add(new SqliteParameter($"@{i}", null));
            _command.Prepare();
        }

        public void Run(params ReadOnlySpan<object> values)
        {
            for (var i = 0; i < values.Length; i++) _command.Parameters[i].Value = values[i];
            _command.ExecuteNonQuery();
        }
    }
}
