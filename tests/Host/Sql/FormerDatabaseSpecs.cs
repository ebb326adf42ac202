using Amble.App.Sql;
using Amble.App.Sql.Writing;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>A database from before there were periods is taken over at once, and emptied as its rows expire.</summary>
public sealed class FormerDatabaseSpecs : IDisposable
{
    private const int Pages = 60;
    private readonly TemporaryDirectory _directory = new();
    private readonly Purging _purging = new();
    private readonly SqliteStore _store;
    private readonly JobId _job = new(1);

    public FormerDatabaseSpecs()
    {
        using (var former = new SqliteDatabase($"Data Source={_directory.Database};Pooling=False")) FormerDatabase.Make(former, Start, Pages);
        _purging.Now = After(60);
        _store = SqliteStore.Open(_directory.Path, Unpack, null, _purging.Keeping);
    }

    [Fact, Trait("Seeds", "R-4")]
    public void Its_visits_are_counted_from_its_jobs_without_looking_at_one()
    {
        Assert.Equal(Pages, _store.Retention.Visits);
        Assert.Empty(_store.CheckConsistency());
    }

    [Theory, Trait("Seeds", "R-1")]
    [InlineData(59, true, true)]
    [InlineData(61, false, true)]
    [InlineData(119, false, true)]
    [InlineData(121, false, false)]
    public void Its_rows_are_shown_by_their_age_before_and_after_a_purge(int hours, bool details, bool visits)
    {
        _purging.Now = After(20).AddHours(hours);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(details, _store.Reads.ReadDetails(_job, new PageId(7)) is not null);
            Assert.Equal(visits ? Pages : 0, _store.Reads.ReadVisits(_job, null, 1_000, null).Count);
            _purging.Purge(_store, After(20).AddHours(hours));
        }
        Assert.Equal(details ? Pages : 0, Count("details"));
        Assert.Equal(visits ? Pages : 0, Count("visits"));
        Assert.Equal(visits ? Pages : 0, Count("requests"));
        Assert.Empty(_store.CheckConsistency());
    }

    [Fact, Trait("Seeds", "R-6")]
    public void What_a_slice_deletes_is_found_by_an_index_that_was_always_there()
    {
        Assert.Equal(["SEARCH visits USING COVERING INDEX sqlite_autoindex_visits_1 (job_id=? AND page_id>?)"], Plan(VisitPurge.Last));
        Assert.Equal(["SEARCH visits USING INDEX sqlite_autoindex_visits_1 (job_id=? AND page_id>? AND page_id<?)"], Plan(VisitPurge.Delete));
        Assert.All(FormerPurge.Statements, sql => Assert.DoesNotContain(Plan(sql), step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("TEMP", StringComparison.Ordinal)));
        Assert.All(JobLeavings.Statements, sql => Assert.DoesNotContain(Plan(sql), step => step.StartsWith("SCAN", StringComparison.Ordinal)));
    }

    [Fact, Trait("Seeds", "R-6")]
    public void On_the_way_to_readiness_no_index_is_built_over_its_tables()
    {
        var (before, after) = (FormerDatabase.Indexes(upTo: 6), FormerDatabase.Indexes(upTo: int.MaxValue));
        Assert.All(after.Except(before), index => Assert.DoesNotContain(index.Table, (string[])["visits", "details", "requests", "frontier", "pages", "jobs", "visit_order"]));
    }

    [Fact]
    public void What_is_crawled_from_now_on_goes_to_periods()
    {
        var store = Of(_store);
        var job = store.Create(at: 50);
        store.Commit<WriterProtocol.UnitClosed>(store.Visited(job, Home, at: 55));
        Assert.Equal((Pages, 1), (Count("details"), _store.Retention.Details));
        Assert.NotNull(_store.Reads.ReadDetails(job, _store.Reads.ReadVisits(job, null, 1, null).Single().Page));
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private int Count(string table) => int.Parse(_store.Writing.Ask($"SELECT count(*) FROM {table}"), System.Globalization.CultureInfo.InvariantCulture);

    private List<string> Plan(string sql)
    {
        using var plan = _store.Writing.Connection.CreateCommand();
        plan.CommandText = "EXPLAIN QUERY PLAN " + sql;
        for (var number = 1; number <= 4; number++) plan.Parameters.Add(new Microsoft.Data.Sqlite.SqliteParameter($"?{number}", 1L));
        using var reader = plan.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));
        return steps;
    }
}
