using Amble.App.Sql;
using Amble.App.Sql.Reading;
using Amble.App.Sql.Reading.Reports;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>A list costs what it shows: by its plan, and by what a search looks at.</summary>
public sealed class PageListPlanSpecs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Statements =>
        [PageListReads.Found, PageListReads.FoundOfClass, PageListReads.Ordered, PageListReads.OrderedOfClass, PageListReads.OfIssue, SearchedWords.One, OnePageReads.JobsOf, RowReads.Slowest];

    [Theory]
    [MemberData(nameof(Statements))]
    public void Filter_and_sort_walk_an_index_and_gather_nothing(string sql)
    {
        using var store = SqliteStore.Open(_directory.Path, Unpack);
        using var plan = store.Writing.Connection.CreateCommand();
        plan.CommandText = "EXPLAIN QUERY PLAN " + sql;
        for (var number = 1; number <= 6; number++) plan.Parameters.Add(new Microsoft.Data.Sqlite.SqliteParameter($"?{number}", 1L));
        using var reader = plan.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));

        Assert.NotEmpty(steps);
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public void The_slowest_are_the_same_by_the_order_that_is_kept_and_of_a_job_that_has_none()
    {
        var sqlite = SqliteStore.Open(_directory.Path, Unpack);
        using var store = Of(sqlite);
        var job = store.Create();
        store.Find(job, Home, Url("/a"), Url("/b"), Url("/c"), Url("/dead"));
        foreach (var (path, milliseconds) in new[] { ("/c", 40), ("/b", 900), ("/a", 40) })
        {
            var close = store.Visited(job, Url(path));
            store.Commit<WriterProtocol.UnitClosed>(close with { Visit = close.Visit with { Milliseconds = milliseconds } });
        }
        store.Commit<WriterProtocol.UnitClosed>(store.Visited(job, Url("/dead"), StatusClass.Broken, 404));

        var kept = store.Reports.ReadSlow(job, 10, null);
        var keptAfterFirst = store.Reports.ReadSlow(job, 1, 0);
        sqlite.Writing.Execute("DELETE FROM visit_order");

        Assert.Equal(["/b", "/a", "/c"], kept.Select(page => page.Url.PathAndQuery));
        Assert.Equal(kept, store.Reports.ReadSlow(job, 10, null));
        Assert.Equal(keptAfterFirst, store.Reports.ReadSlow(job, 1, 0));
    }

    [Fact]
    public void A_search_that_finds_nothing_looks_at_so_many_pages_and_says_where_to_go_on()
    {
        using var store = Of(SqliteStore.Open(_directory.Path, Unpack));
        var job = store.Create();
        var pages = PageListReads.MostLookedAt + 500;
        var home = store.Unit(job, Home).Key;
        foreach (var part in Enumerable.Range(1, pages - 1).Chunk(500))
        {
            store.Writes.Commit([Links(home, [.. part.Select(number => new FoundUrl(Url($"/{number}"), 1, 0, ""))])]);
            store.Writes.Commit([.. part.Select(number => Visited(new UnitKey(job, new PageId(number + 2)), Url($"/{number}")))]);
        }
        store.Commit<WriterProtocol.UnitClosed>(Visited(home, Home));

        foreach (var sort in Enum.GetValues<PageSort>())
        {
            var query = new PageQuery(null, "no such words", sort, 10, null);
            var first = store.Lists.ReadPages(job, query);
            Assert.Empty(first.Visits);
            Assert.NotNull(first.Next);
            Assert.Null(store.Lists.ReadPages(job, query with { After = first.Next }).Next);
            Assert.Equal(Url($"/{pages - 1}"), Find(store, job, query with { Search = $"/{pages - 1}" }));
        }
    }

    [Fact]
    public void A_job_of_an_older_database_is_listed_as_its_pages_were_found_and_counted()
    {
        using (var old = new SqliteDatabase($"Data Source={_directory.Database};Pooling=False"))
        {
            foreach (var name in typeof(SqliteStore).Assembly.GetManifestResourceNames().Where(name => string.CompareOrdinal(name, "Amble.Schema.004") < 0 && name.StartsWith("Amble.Schema.", StringComparison.Ordinal)).Order())
            {
                using var text = new StreamReader(typeof(SqliteStore).Assembly.GetManifestResourceStream(name)!);
                old.Execute(text.ReadToEnd());
            }
            old.Execute(
                """
                INSERT INTO domains (id, name) VALUES (1, 'a.test');
                INSERT INTO pages (id, url, domain_id) VALUES (1, 'http://a.test/', 1), (2, 'http://a.test/a', 1), (3, 'http://a.test/b', 1);
                INSERT INTO jobs (id, start_url, start_host, include, exclude, concurrency, unpaced, warm, created_at, pages, ok, excluded, state)
                VALUES (1, 'http://a.test/', 'a.test', '[]', '[]', 5, 0, 0, 0, 2, 2, 1, 3);
                INSERT INTO frontier (job_id, page_id, domain_id, kind, state, class, exclusion, depth, due_at)
                VALUES (1, 1, 1, 0, 1, 0, NULL, 0, 0), (1, 2, 1, 0, 1, 0, NULL, 1, 0), (1, 3, 1, 0, 2, NULL, 1, 1, 0);
                INSERT INTO visits (job_id, page_id, class, started_at, milliseconds, bytes, tries) VALUES (1, 1, 0, 0, 5, 0, 1), (1, 2, 0, 0, 9, 0, 1);
                PRAGMA user_version = 3; PRAGMA application_id = 1097687660;
                """);
        }
        using var store = Of(SqliteStore.Open(_directory.Path, Unpack));
        var list = store.Lists.ReadPages(new JobId(1), new PageQuery(null, null, PageSort.Slowest, 1, null));
        Assert.Equal((PageSort.Found, Home), (list.Sort, list.Visits.Single().Url));
        Assert.Equal(Url("/a"), store.Lists.ReadPages(new JobId(1), new PageQuery(null, null, list.Sort, 1, list.Next)).Visits.Single().Url);
        Assert.Equal((ExclusionReason.Robots, 1), (store.Pages.ReadExcluded(new JobId(1)).Single().Why, store.Pages.ReadExcluded(new JobId(1)).Single().Count));
    }

    public void Dispose() => _directory.Dispose();

    private static PageUrl Find(StoreFixture store, JobId job, PageQuery query)
    {
        while (true)
        {
            var list = store.Lists.ReadPages(job, query);
            if (list.Visits.Count > 0) return list.Visits[0].Url;
            query = query with { After = list.Next };
        }
    }
}
