using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>
/// When a life is over and all it stored has expired, it goes, through a process that dies at some turn of it and a store that now and then
/// does not answer: the tables agree after every turn, counts are right, nothing is left but what outlives it, and that is as it was.
/// </summary>
internal sealed class ExpiryJudge : IWriteStore, IDiskProbe
{
    private static readonly TimeSpan _later = TimeSpan.FromHours(200);
    private static readonly RetentionSettings _settings = RetentionSettings.Default with { FirstSliceRows = 20 };

    private readonly SqliteStore _store;
    private readonly Random _chance;
    private readonly SimScheduler _scheduler;
    private readonly List<string> _found = [];
    private int _turnsToDeath;

    private ExpiryJudge(SimulatedLife life)
    {
        (_store, _chance) = (life.Store, new Random(life.Plan.Seed ^ 0xDEAD));
        _scheduler = new SimScheduler(_chance, LifePlan.Begin + life.Lived + _later);
        _turnsToDeath = _chance.Next(1, 12);
    }

    public static IReadOnlyList<string> Judge(SimulatedLife life)
    {
        var judge = new ExpiryJudge(life);
        var jobs = life.Jobs.ToList();
        var before = jobs.ConvertAll(job => Kept(life.Store.Reads, job.Job.Id));
        if (!judge.Purge() && !judge.Purge()) judge._found.Add("the purge never ended");
        judge.Look();
        if (life.Store.Retention is not { Visits: 0, Details: 0 }) judge._found.Add($"{life.Store.Retention.Visits} visits and {life.Store.Retention.Details} details are left");
        var left = life.Store.Retention.ReadRetention(new JobId(0), judge._scheduler.Now);
        if (left is not { Periods: [], Jobs: [] }) judge._found.Add($"{left.Periods.Count} periods and {left.Jobs.Count} jobs are left");
        for (var i = 0; i < jobs.Count; i++)
            if (Kept(life.Store.Reads, jobs[i].Job.Id) != before[i]) judge._found.Add($"job {jobs[i].Job.Id} tells otherwise after its visits went: {before[i]} became {Kept(life.Store.Reads, jobs[i].Job.Id)}");
        return judge._found;
    }

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        var roll = _chance.Next(12);
        if (--_turnsToDeath == 0 || roll == 0) throw new StoreUnavailableException("The store is not there.", full: false);
        var replies = _store.Writes.Commit(commands);
        _found.AddRange(_store.CheckConsistency().Take(3));
        return roll == 1 ? throw new StoreUnavailableException("The store's answer was lost.", full: false) : replies;
    }

    public double? UsedPercent() => null;

    // False when the process died.
    private bool Purge()
    {
        var process = _scheduler.Incarnate();
        var writer = new LocalWriter(process, this, WriterQueueSettings.Default);
        var driver = new RetentionDriver(process, writer, new RetentionSurroundings(_settings, _store.Retention, this, _ => { }));
        var done = driver.PurgeAsync(CancellationToken.None);
        while (!done.IsCompleted && _scheduler.Step())
        {
            if (_turnsToDeath != 0) continue;
            process.Dead = true;
            writer.Kill();
            driver.Close();
            _turnsToDeath = int.MaxValue;
            return false;
        }
        driver.Close();
        return done.IsCompletedSuccessfully;
    }

    private void Look() => _found.AddRange(_store.CheckConsistency());

    private static string Kept(ReadStore reads, JobId id)
    {
        var job = reads.ReadJob(id)!;
        return $"{job.State} {job.Counts} {string.Join(' ', reads.ReadSums(id))} {reads.ReadBroken(id, 1_000, null).Count} {reads.ReadRedirects(id, 1_000, null).Count} {reads.ReadSlow(id, 1_000, null).Count}";
    }
}
