using Amble.App.Sql;
using Amble.App.Sql.Periods;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>Periods as files: made when they are needed, gone with all that SQLite keeps beside them, and healed after a death at any moment.</summary>
public sealed class PeriodFilesSpecs : IDisposable
{
    private static readonly Period _details = Period.Of(PeriodFamily.Details, After(21), 12);
    private static readonly Period _requests = Period.Of(PeriodFamily.Requests, After(20), 12);

    private readonly TemporaryDirectory _directory = new();
    private readonly Purging _purging = new();
    private SqliteStore _store;

    public PeriodFilesSpecs() => _store = Open();

    private string[] Files => [.. Directory.EnumerateFiles(Path.Combine(_directory.Path, "periods")).Select(path => Path.GetFileName(path)!).Order()];

    [Fact, Trait("Seeds", "R-8+")]
    public void An_expired_period_s_file_is_unlinked_with_its_log()
    {
        EndedJob();
        Assert.Contains($"{_details}.db", Files);
        Assert.Contains($"{_details}.db-wal", Files);

        var done = _purging.Purge(_store, Start.AddHours(140));
        Assert.Equal(2, done.Periods);
        Assert.True(done.Bytes > 0);
        Assert.Empty(Files);
    }

    [Fact, Trait("Seeds", "R-8+")]
    public void A_reader_in_the_middle_reads_to_its_end_and_then_the_file_goes()
    {
        var job = EndedJob();
        var page = _store.Reads.ReadVisits(job, null, 1, null).Single().Page;
        _store.Periods.Read(_store.Writing, _details, database =>
        {
            _purging.Purge(_store, Start.AddHours(73));
            Assert.Contains($"{_details}.db", Files);
            Assert.Equal("2", database.Ask("SELECT count(*) FROM details"));
            // Nobody else comes to it any more.
            Assert.False(_store.Periods.Read(_store.Writing, _details, _ => true));
            return true;
        });
        // Beside whoever read.
        Assert.True(SpinWait.SpinUntil(() => !Files.Any(file => file.StartsWith(_details.ToString(), StringComparison.Ordinal)), TimeSpan.FromMinutes(1)));
        Assert.Null(_store.Reads.ReadDetails(job, page));
    }

    [Fact, Trait("Seeds", "R-8+")]
    public void A_large_file_goes_as_well()
    {
        EndedJob();
        // A hole at its end: it is long and holds no more than before.
        using (var file = File.OpenWrite(Path.Combine(_directory.Path, "periods", $"{_details}.db"))) file.SetLength(100 << 20);
        Assert.InRange(_purging.Purge(_store, Start.AddHours(73)).Bytes, 100 << 20, long.MaxValue);
        Assert.DoesNotContain($"{_details}.db", Files);
    }

    [Fact, Trait("Seeds", "R-8+")]
    public void A_file_that_the_main_database_does_not_name_is_removed_at_a_start()
    {
        EndedJob();
        _store.Dispose();
        File.WriteAllText(Path.Combine(_directory.Path, "periods", "details-12.db"), "left by a crash before the commit");
        File.WriteAllText(Path.Combine(_directory.Path, "periods", "details-12.db-wal"), "");

        _store = Open();
        Assert.Equal([$"{_details}.db", $"{_requests}.db"], Files);
        Assert.Empty(_store.CheckConsistency());
    }

    [Fact, Trait("Seeds", "R-8+"), Trait("Seeds", "S-4")]
    public void What_a_death_between_the_two_commits_left_in_a_period_counts_as_not_sent()
    {
        var store = Of(_store);
        var job = store.Create();
        var first = store.Visited(job, Home);
        store.Commit<WriterProtocol.UnitClosed>(first);
        var robots = new WriterProtocol.SaveRobots(
            Domain, new RobotsRecord("http://a.test", 404, null, true, After(30), After(90_000)), Sent(store.Unit(job, Home.Robots).Key, 30, 404, RequestKind.Robots), Memory(30), After(31));
        // As the process left it: the period has the row, the main database does not know.
        using (var left = new SqliteDatabase($"Data Source={Path.Combine(_directory.Path, "periods", $"{_requests}.db")};Pooling=False"))
        {
            var request = robots.Request!;
            left.Execute(
                $"INSERT INTO requests (domain_id, started_us, job_id, page_id, kind, status, milliseconds) VALUES (1, {request.StartedAt.ToUnixTimeMilliseconds() * 1000}, {job.Value}, {request.Page!.Value.Value}, {(int)request.Kind}, 404, 40)");
        }
        _store.Dispose();
        _store = Open();

        Of(_store).CommitTwice<WriterProtocol.RobotsSaved>(robots);
        Assert.Equal(2, _store.Reads.ReadJob(job)!.Counts.Requests);
        Assert.Empty(_store.CheckConsistency());
    }

    [Fact]
    public void A_period_that_is_not_there_reads_as_expired()
    {
        var job = EndedJob();
        _store.Dispose();
        File.Delete(Path.Combine(_directory.Path, "periods", $"{_details}.db"));
        _store = Open();
        var page = _store.Reads.ReadVisits(job, null, 1, null).Single().Page;
        Assert.Null(_store.Reads.ReadDetails(job, page));
        Assert.Null(_store.Reads.ReadCopy(page));
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private SqliteStore Open() => SqliteStore.Open(_directory.Path, Unpack, null, _purging.Keeping);

    private JobId EndedJob()
    {
        var store = Of(_store);
        var job = store.Create();
        store.Find(job, Home, Url("/a"));
        foreach (var url in new[] { Home, Url("/a") }) store.Commit<WriterProtocol.UnitClosed>(store.Visited(job, url));
        store.End(job);
        return job;
    }
}
