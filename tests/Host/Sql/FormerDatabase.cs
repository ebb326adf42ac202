using Amble.App.Sql;

namespace Amble.Host.Specs.Sql;

/// <summary>A database as the version before periods left it: one ended job with its visits, details and requests.</summary>
internal static class FormerDatabase
{
    public static void Make(SqliteDatabase database, DateTimeOffset start, int pages)
    {
        RunSchema(database, upTo: 6);
        var (at, us) = (start.AddSeconds(20).ToUnixTimeMilliseconds(), start.AddSeconds(20).ToUnixTimeMilliseconds() * 1000);
        database.Execute(
            $"""
             BEGIN;
             INSERT INTO domains (id, name) VALUES (1, 'a.test');
             INSERT INTO jobs (id, start_url, start_host, include, exclude, concurrency, unpaced, warm, created_at, ended_at, pages, ok, requests, state, first_request_at, last_request_end_at)
             VALUES (1, 'http://a.test/', 'a.test', '[]', '[]', 5, 0, 0, {start.ToUnixTimeMilliseconds()}, {at + 10_000}, {pages}, {pages}, {pages}, 3, {at}, {at + 7 + pages - 1});
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {pages}) INSERT INTO pages (id, url, domain_id) SELECT i, 'http://a.test/' || i, 1 FROM n;
             INSERT INTO frontier (job_id, page_id, domain_id, kind, state, class, depth, due_at, tries) SELECT 1, id, 1, 0, 1, 0, 0, 0, 1 FROM pages;
             INSERT INTO visits (id, job_id, page_id, class, status, started_at, milliseconds, bytes, tries) SELECT id, 1, id, 0, 200, {at}, 7, 0, 1 FROM pages;
             INSERT INTO details SELECT id, 1, 1, 1, 1, 1, 0, 'server: a', x'' FROM visits;
             INSERT INTO requests SELECT 1, {us} + (id - 1) * 1000, 1, id, 0, 200, 7 FROM visits;
             PRAGMA user_version = 6; PRAGMA application_id = 1097687660;
             COMMIT
             """);
    }

    /// <summary>All indexes that the schema files make, up to one of them.</summary>
    public static IReadOnlyList<(string Name, string Table)> Indexes(int upTo)
    {
        using var database = new SqliteDatabase($"Data Source={Guid.NewGuid():N};Mode=Memory;Pooling=False");
        RunSchema(database, upTo);
        using var command = database.Connection.CreateCommand();
        command.CommandText = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'";
        using var reader = command.ExecuteReader();
        var indexes = new List<(string, string)>();
        while (reader.Read()) indexes.Add((reader.GetString(0), reader.GetString(1)));
        return indexes;
    }

    private static void RunSchema(SqliteDatabase database, int upTo)
    {
        var assembly = typeof(SqliteStore).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Amble.Schema.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (int.Parse(name.AsSpan("Amble.Schema.".Length, 3), System.Globalization.CultureInfo.InvariantCulture) > upTo) break;
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            database.Execute(text.ReadToEnd());
        }
    }
}
