using System.Diagnostics.Metrics;
using Amble.App;
using Amble.App.Cli;
using Amble.App.Measured;
using Amble.App.Sql;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Processes.Specs;

/// <summary>The whole command within this process, on a database that SQLite keeps from growing: it reports that as a full disk.</summary>
internal static class SmallDatabase
{
    public static async Task FillAndGoOnAsync(string start, DataPlace place, int pages)
    {
        foreach (var run in new[] { 1, 2 })
        {
            var problem = (await RunAsync(start, place, mostPages: 50 + run)).Refused().Single();
            Assert.Contains("full", problem, StringComparison.Ordinal);
        }
        var full = place.Look();
        Assert.Empty(full.Contradictions);
        Assert.Equal(JobState.Running, full.Job.State);

        Assert.Contains(", resumed where it stood", (await RunAsync(start, place, mostPages: 1_000_000)).AssertCode(0).Err, StringComparison.Ordinal);
        var end = place.Look();
        Assert.Empty(end.Contradictions);
        Assert.Equal((1, JobState.Completed, (long)pages), (end.Jobs.Count, end.Job.State, end.Job.Counts.Ok));
        // Who links to a page is known only at the job's end.
        Assert.All(full.Visits, visit => Assert.Equal(visit.Value, end.Visits[visit.Key] with { Inlinks = null }));
    }

    private static async Task<Outcome> RunAsync(string start, DataPlace place, int mostPages)
    {
        using var said = new StringWriter();
        using var complained = new StringWriter();
        var terminal = new Terminal(said, TextWriter.Synchronized(complained), Live: false, Interactive: false, () => 100);
        var context = new DoorContext(terminal, settings => new SmallNode(settings, mostPages), TimeProvider.System, new Dictionary<string, string>(), null);
        var code = await CommandLine.RunAsync(["crawl", start, "--allow-private", "--unpaced", "--concurrency", "4", "--data", place.Folder], context, CancellationToken.None);
        return new Outcome((int)code, said.ToString(), complained.ToString());
    }

    private sealed class SmallNode : StoredNode
    {
        private readonly SqliteStore _store;
        private readonly WebFetcher _web;
        private readonly LocalRuntime _runtime;

        public SmallNode(NodeSettings settings, int mostPages)
        {
            _store = SqliteStore.Open(settings.Directory, Specs.Stored.Unpack);
            _store.Writing.Execute($"PRAGMA max_page_count = {mostPages}");
            _web = new WebFetcher(settings.Web, TimeProvider.System);
            var local = new LocalSettings(settings.Crawl, settings.Writer, settings.MaxInFlight, TimeSpan.FromSeconds(1), (key, surprise) => throw surprise);
            _runtime = new LocalRuntime(new PoolScheduler(TimeProvider.System), _store.Reads, _store.Writes, _web, local);
            AccessLog = _runtime.OpenLog(settings.AccessLog, Guid.NewGuid(), "a spec", Random.Shared.NextDouble);
        }

        public override ICrawlRuntime Runtime => _runtime;

        public override IInspection Inspection => _runtime.Inspection;

        public override IRetention Retention => _runtime.Retention;

        public override IAccessLog AccessLog { get; }

        public override Meter Meter { get; } = NodeMeter.New();

        protected override ReadStore Store => _store.Reads;

        public override async ValueTask DisposeAsync()
        {
            await Runtime.DisposeAsync();
            _web.Dispose();
            _store.Dispose();
        }
    }
}
