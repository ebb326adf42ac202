using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;

namespace Amble.Processes.Specs;

/// <summary>What a data directory holds.</summary>
/// <param name="Jobs">Newest first.</param>
/// <param name="Visits">Of the newest job, by URL.</param>
/// <param name="Contradictions">Between the tables, a sentence each.</param>
public sealed record Stored(IReadOnlyList<JobView> Jobs, IReadOnlyDictionary<string, VisitView> Visits, IReadOnlyList<string> Contradictions)
{
    public JobView Job => Jobs[0];

    public static IEnumerable<(string, string)> Unpack(byte[] packed) => OutlinksPack.Unpack(packed).Select(link => (link.Url.Text, link.Anchor));

    /// <param name="copy">A directory to be made: looking at a copy changes nothing in what is looked at.</param>
    public static Stored Of(string directory, string copy)
    {
        Directory.CreateDirectory(copy);
        // Without the index of the log, which SQLite makes anew.
        foreach (var file in new[] { "amble.db", "amble.db-wal" }.Where(name => File.Exists(Path.Combine(directory, name))))
        {
            File.Copy(Path.Combine(directory, file), Path.Combine(copy, file));
        }
        var periods = Path.Combine(directory, "periods");
        Directory.CreateDirectory(Path.Combine(copy, "periods"));
        foreach (var file in Directory.Exists(periods) ? Directory.EnumerateFiles(periods).Where(name => !name.EndsWith("-shm", StringComparison.Ordinal)) : [])
        {
            File.Copy(file, Path.Combine(copy, "periods", Path.GetFileName(file)));
        }
        using var store = SqliteStore.Open(copy, Unpack);
        var jobs = store.Reads.ReadJobs(100, null, null);
        var visits = jobs.Count == 0 ? [] : store.Reads.ReadVisits(jobs[0].Job.Id, null, 1_000_000, null);
        return new Stored(jobs, visits.ToDictionary(visit => visit.Url.Text), store.CheckConsistency());
    }
}
