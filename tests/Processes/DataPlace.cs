using System.Text.Json.Nodes;
using Amble.App.Sql;
using Amble.Messages;
using Microsoft.Data.Sqlite;

namespace Amble.Processes.Specs;

/// <summary>A data directory of one test, and what can be seen in it from outside. Removed with the test.</summary>
public sealed class DataPlace : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("amble-");

    /// <summary>The data directory; not there before something makes it.</summary>
    public string Folder => Path.Combine(_root.FullName, "data");

    public string Database => Path.Combine(Folder, "amble.db");

    /// <summary>A path beside the data directory.</summary>
    public string Beside(string name) => Path.Combine(_root.FullName, name);

    public JsonObject ReadJson(string name) => JsonNode.Parse(File.ReadAllText(Beside(name)))!.AsObject();

    /// <summary>What is stored, read from a copy, so that looking changes nothing. Nobody may be writing.</summary>
    public Stored Look() => Stored.Of(Folder, Beside($"copy-{Guid.NewGuid():N}"));

    /// <summary>As if the domain had been crawled before, at this delay.</summary>
    public void Learned(string url, TimeSpan delay)
    {
        PageUrl.TryParse(url, out var start, out _);
        using var store = SqliteStore.Open(Folder, Stored.Unpack);
        var memory = DomainMemory.Blank(start!.Domain) with { Delay = delay };
        store.Writes.Commit([new WriterProtocol.SaveMemory(memory, DateTimeOffset.UtcNow - TimeSpan.FromHours(1))]);
    }

    /// <summary>A second connection to the database, beside the crawl's own.</summary>
    public SqliteConnection Connect() => Connect(Database);

    private static SqliteConnection Connect(string path)
    {
        _ = SqliteLibrary.Version;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Between two starts that the crawl itself recorded, in milliseconds: what the site saw shorter was late on its way or at the site.</summary>
    public double ShortestOwnGap()
    {
        var starts = new List<long>();
        foreach (var period in Directory.EnumerateFiles(Path.Combine(Folder, "periods"), "requests-*.db"))
        {
            using var connection = Connect(period);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT started_us FROM requests";
            using var row = command.ExecuteReader();
            while (row.Read()) starts.Add(row.GetInt64(0));
        }
        starts.Sort();
        return starts.Zip(starts.Skip(1), (one, next) => next - one).Min() / 1000.0;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
