using Amble.App.Sql;
using Xunit;

namespace Amble.Host.Specs.Sql;

/// <summary>The log of a file is carried over beside its writer, as far as readers let it, and begins anew.</summary>
[Trait("Seeds", "R-3")]
public sealed class SqliteCheckpointSpecs : IDisposable
{
    // More than a checkpoint waits for.
    private const int PagesOfATurn = 1_200;
    private const int Turns = 12;
    private const long PageSize = 4_096;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteCheckpoints _checkpoints = new();
    private readonly SqliteDatabase _writer;

    public SqliteCheckpointSpecs()
    {
        _writer = SqliteDatabase.OpenFile(_directory.Database, _checkpoints);
        SqlitePragmas.ForFile(_writer, _directory.Database);
        _writer.Execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, bytes BLOB)");
    }

    private long LogPages => new FileInfo(_directory.Database + "-wal").Length / PageSize;

    private long FilePages => new FileInfo(_directory.Database).Length / PageSize;

    [Fact]
    public void The_log_stays_short_however_much_is_written()
    {
        for (var turn = 0; turn < Turns; turn++)
        {
            Write();
            Settle();
        }
        Assert.InRange(LogPages, 1, 3 * PagesOfATurn);
        Assert.InRange(FilePages, Turns * PagesOfATurn, 2 * Turns * PagesOfATurn);
        Assert.Equal($"{Turns}", _writer.Ask("SELECT count(*) FROM rows"));
    }

    [Fact]
    public void A_few_pages_wait_until_there_are_more()
    {
        _writer.Begin();
        _writer.Execute("INSERT INTO rows (bytes) VALUES (zeroblob(400000))");
        _writer.Commit();
        Assert.False(_checkpoints.IsBusy);
        Assert.False(_checkpoints.Holds(_directory.Database));
    }

    [Fact]
    public void A_reader_in_the_middle_holds_back_what_came_after_it_and_nobody_spins_over_that()
    {
        Write();
        Settle();
        using (var reader = SqliteDatabase.OpenForReading(_directory.Database))
        {
            reader.Execute("BEGIN");
            Assert.Equal("1", reader.Ask("SELECT count(*) FROM rows"));
            for (var turn = 1; turn < Turns; turn++)
            {
                Write();
                Settle();
            }
            Assert.Equal("1", reader.Ask("SELECT count(*) FROM rows"));
            Assert.InRange(LogPages, (Turns - 2) * PagesOfATurn, 2 * Turns * PagesOfATurn);
        }
        Write();
        Settle();
        Assert.InRange(FilePages, (Turns + 1) * PagesOfATurn, 2 * Turns * PagesOfATurn);
    }

    [Fact]
    public void Where_nobody_carries_it_over_the_writer_does_so_in_a_commit()
    {
        using var alone = new SqliteDatabase($"Data Source={_directory.Path}/alone.db;Pooling=False");
        SqlitePragmas.ForPeriod(alone, "alone");
        alone.Execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, bytes BLOB)");
        for (var turn = 0; turn < Turns; turn++) Write(alone);
        Assert.InRange(new FileInfo($"{_directory.Path}/alone.db-wal").Length, 1, 6_000 * PageSize);
    }

    [Fact, Trait("Seeds", "R-8+")]
    public void A_file_that_its_writer_has_left_is_closed_and_leaves_no_log()
    {
        Write();
        _writer.Dispose();
        Assert.True(SpinWait.SpinUntil(() => !_checkpoints.Holds(_directory.Database), _patience));
        Assert.False(File.Exists(_directory.Database + "-wal"));
        Assert.Equal(["amble.db"], Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName));
    }

    public void Dispose()
    {
        _writer.Dispose();
        _checkpoints.Dispose();
        _directory.Dispose();
    }

    private void Write() => Write(_writer);

    private static void Write(SqliteDatabase database)
    {
        database.Begin();
        database.Execute($"INSERT INTO rows (bytes) VALUES (zeroblob({PagesOfATurn * PageSize}))");
        database.Commit();
    }

    private void Settle() => Assert.True(SpinWait.SpinUntil(() => !_checkpoints.IsBusy, _patience));
}
