using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Microsoft.Data.Sqlite;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>What can be wrong with a database file: each is one clear sentence, and nothing is damaged.</summary>
public sealed class SqliteTroubleSpecs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact, Trait("Seeds", "S-3")]
    public void A_full_disk_refuses_whole_turns_and_all_goes_on_once_there_is_room()
    {
        using var store = SqliteStore.Open(_directory.Path, Unpack);
        var fixture = Of(store);
        var job = fixture.Create();
        var key = fixture.Unit(job, Home).Key;
        var pages = store.Writing.Ask("PRAGMA page_count");
        store.Writing.Execute($"PRAGMA max_page_count = {pages}");

        var links = Links(key, [.. Enumerable.Range(0, 400).Select(i => new FoundUrl(Url($"/a-page-with-a-long-name/{i}"), 1, 0, "a link"))]);
        var trouble = Assert.Throws<StoreUnavailableException>(() => store.Writes.Commit([links]));
        Assert.True(trouble.Full);
        Assert.Contains(_directory.Database, trouble.Message);
        Assert.Equal(2, fixture.View(job).Pending);
        Assert.Empty(store.CheckConsistency());

        store.Writing.Execute("PRAGMA max_page_count = 1000000");
        fixture.CommitTwice<WriterProtocol.LinksSaved>(links);
        Assert.Equal(402, fixture.View(job).Pending);
        Assert.Empty(store.CheckConsistency());
        Assert.Equal("ok", store.Writing.Ask("PRAGMA integrity_check"));
    }

    [Fact]
    public void A_database_that_another_process_holds_is_unavailable_and_then_goes_on()
    {
        using var store = SqliteStore.Open(_directory.Path, Unpack);
        store.Writing.Execute("PRAGMA busy_timeout = 0");
        using var other = Connect();
        Run(other, "BEGIN IMMEDIATE");
        var trouble = Assert.Throws<StoreUnavailableException>(() => Of(store).Create());
        Assert.False(trouble.Full);
        Run(other, "ROLLBACK");
        Assert.Equal(new JobId(1), Of(store).Create());
    }

    [Fact]
    public void What_was_committed_is_there_when_it_is_opened_again()
    {
        using (var store = SqliteStore.Open(_directory.Path, Unpack)) Of(store).Create();
        using var again = SqliteStore.Open(_directory.Path, Unpack);
        Assert.Equal(2, Of(again).Open().Count);
        Assert.Equal("wal", again.Writing.Ask("PRAGMA journal_mode"));
    }

    [Fact]
    public void A_database_of_a_newer_Amble_is_refused()
    {
        SqliteStore.Open(_directory.Path, Unpack).Dispose();
        using (var connection = Connect()) Run(connection, "PRAGMA user_version = 999");
        Assert.Equal(
            $"{_directory.Database} was written by a newer Amble (schema 999); this one knows schemas up to {SchemaFiles.Newest}: "
            + "use the newer Amble or another data directory.",
            Problem());
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        using (var connection = Connect()) Run(connection, "CREATE TABLE theirs (id INTEGER)");
        Assert.Equal($"{_directory.Database} is a database of another program; choose another data directory.", Problem());
        using var again = Connect();
        using var command = again.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        Assert.Equal(1L, command.ExecuteScalar());
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var text = new string('x', 5_000);
        File.WriteAllText(_directory.Database, text);
        Assert.Equal($"{_directory.Database} is not an SQLite database; move it away or choose another data directory.", Problem());
        Assert.Equal(text, File.ReadAllText(_directory.Database));
    }

    [Fact]
    public void A_data_directory_that_is_a_file_is_refused()
    {
        var file = Path.Combine(_directory.Path, "file");
        File.WriteAllText(file, "");
        Assert.Contains(file, Assert.Throws<StoreProblemException>(() => SqliteStore.Open(file, Unpack)).Message);
    }

    [Fact]
    public void A_database_path_that_is_a_directory_is_refused()
    {
        Directory.CreateDirectory(_directory.Database);
        Assert.Contains("cannot be opened for reading and writing", Problem());
    }

    public void Dispose() => _directory.Dispose();

    private string Problem() => Assert.Throws<StoreProblemException>(() => SqliteStore.Open(_directory.Path, Unpack)).Message;

    private SqliteConnection Connect()
    {
        _ = SqliteLibrary.Version;
        var connection = new SqliteConnection($"Data Source={_directory.Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
