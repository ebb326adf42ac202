using System.Text.Json.Nodes;
using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
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
    public SqliteConnection Connect()
    {
        _ = SqliteLibrary.Version;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public void Dispose() => _root.Delete(recursive: true);
}

/// <summary>What a data directory holds.</summary>
/// <param name="Jobs">Newest first.</param>
/// <param name="Visits">Of the newest job, by URL.</param>
/// <param name="Contradictions">Between the tables, a sentence each.</param>
public sealed record Stored(IReadOnlyList<JobView> Jobs, IReadOnlyDictionary<string, VisitView> Visits, IReadOnlyList<string> Contradictions)
{
    public JobView Job => Jobs[0];

    public static IEnumerable<(string, string)> Unpack(byte[] packed) => OutlinksPack.Unpack(packed).Select(link => (link.Url.Text, link.Anchor));

    public static Stored Of(string directory, string copy)
    {
        Directory.CreateDirectory(copy);
        // Without the index of the log, which SQLite makes anew.
        foreach (var file in new[] { "amble.db", "amble.db-wal" }.Where(name => File.Exists(Path.Combine(directory, name))))
        {
            File.Copy(Path.Combine(directory, file), Path.Combine(copy, file));
        }
        using (var store = SqliteStore.Open(copy, Unpack))
        {
            var jobs = store.Reads.ReadJobs(100, null, null);
            var visits = jobs.Count == 0 ? [] : store.Reads.ReadVisits(jobs[0].Job.Id, null, 1_000_000, null);
            return new Stored(jobs, visits.ToDictionary(visit => visit.Url.Text), store.CheckConsistency());
        }
    }
}
