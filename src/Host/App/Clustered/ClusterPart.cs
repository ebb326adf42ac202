using System.Diagnostics.Metrics;
using System.Net;
using Amble.App.Measured;
using Amble.App.Settings;
using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Amble.App.Web;
using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Cluster;
using Amble.Cluster.Node;
using Amble.Cluster.Writing;
using Amble.Local;

namespace Amble.App;

/// <summary>The part Cluster, built in: a node on Akka.NET, be it one of many or all there is.</summary>
public static class ClusterPart
{
    private const string JournalFile = "amble-journal.db";

    /// <summary>What is missing, in one sentence; null when it is built in.</summary>
    public static string? Missing => null;

    /// <exception cref="StoreUnavailableException">The store or the journal cannot be opened.</exception>
    public static INode OpenNode(NodeSettings settings, Membership member)
    {
        try
        {
            return settings.Postgres is { } connection ? OnPostgres(settings, member, connection) : OnSqlite(settings, member);
        }
        catch (StoreProblemException problem)
        {
            throw new StoreUnavailableException(problem.Message, full: false, problem);
        }
    }

    private static ClusterNode OnPostgres(NodeSettings settings, Membership member, string connection)
    {
        var journal = JournalDatabase.Prepare(connection, member.Journal);
        var reads = PostgresStore.OpenReads(connection, Wiring.Unpack, Wiring.KeepingOf(settings));
        // A node that is alone has nobody to keep from its domains; the writer's epoch keeps a second process out.
        var leases = member.IsAlone ? null : PostgresLeases.Open(connection, LeaseSettings.Default);
        OpenedStore OpenWrites() => Opened(connection, settings, member);
        return Node(settings, member, JournalPlace.Postgres(journal), reads.Reads, OpenWrites, leases, reads);
    }

    private static ClusterNode OnSqlite(NodeSettings settings, Membership member)
    {
        SQLitePCL.Batteries_V2.Init();
        var store = SqliteStore.Open(settings.Directory, Wiring.Unpack, settings.Traps, Wiring.KeepingOf(settings));
        // The file is this process's for as long as it lives, whatever becomes of the writer in it.
        return Node(settings, member, JournalPlace.Sqlite(Path.Combine(settings.Directory, JournalFile)), store.Reads, () => new OpenedStore(store.Writes, new Nothing()) { Retention = store.Retention }, null, store);
    }

    private static OpenedStore Opened(string connection, NodeSettings settings, Membership member)
    {
        try
        {
            var writes = PostgresStore.OpenWrites(connection, settings.Traps, $"the node {member.Hostname}:{member.Port}", endFormer: true, Wiring.KeepingOf(settings));
            return new OpenedStore(writes.Writes, writes) { Retention = writes.Retention };
        }
        catch (StoreProblemException problem)
        {
            throw new StoreUnavailableException(problem.Message, full: false, problem);
        }
    }

    private static ClusterNode Node(NodeSettings settings, Membership member, JournalPlace journal, ReadStore reads, Func<OpenedStore> openWrites, PostgresLeases? leases, IDisposable store)
    {
        ClusterNode? opened = null;
        var web = new WebFetcher(settings.Web, TimeProvider.System);
        var meter = NodeMeter.New();
        var node = new MemberSettings(
            member.Hostname, member.Port, [.. member.Seeds.Select(seed => new DnsEndPoint(seed.Host, seed.Port))], journal, settings.Crawl, Wiring.WriterOf(settings))
        {
            Shards = member.Shards,
            Bind = member.Bind is { } bind ? new DnsEndPoint(bind.Host, bind.Port) : null,
            Certificate = member.Certificate is { } file ? new NodeCertificate(file.Own, other => AuthorityRule.Vouches(file.Authorities, other)) : null,
        };
        var around = new ClusterSurroundings(
            new PoolScheduler(TimeProvider.System), reads, openWrites, web, job => reads.ReadJob(job)?.State, Guid.NewGuid, Wiring.TellSurprise)
        {
            Leases = leases,
            Turns = new TurnMeter(meter),
            Retention = kept => Wiring.RetentionOf(settings, kept),
            Cards = Wiring.CardsOf(settings, reads),
            // Asked when an operator comes, and by then there is a node.
            Palette = PalettePart.For(() => opened!.Look()),
        };
        var runtime = new ClusterRuntime(node, around);
        var log = runtime.OpenLog(settings.AccessLog, Guid.NewGuid(), Random.Shared.NextDouble, surprise => Wiring.TellSurprise("the access log", surprise));
        return opened = new ClusterNode(runtime, log, reads, web, leases, store, meter);
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose() { }
    }

    private sealed class ClusterNode(ClusterRuntime runtime, IAccessLog log, ReadStore reads, WebFetcher web, IDisposable? leases, IDisposable store, Meter meter) : StoredNode
    {
        public override ICrawlRuntime Runtime => runtime;

        public override IInspection Inspection => runtime.Inspection;

        public override IRetention Retention => runtime.Retention;

        public override IAccessLog AccessLog => log;

        public override Meter Meter => meter;

        public override Task<string> WhenLost => runtime.WhenLost;

        protected override ReadStore Store => reads;

        public override async ValueTask DisposeAsync()
        {
            await runtime.DisposeAsync();
            web.Dispose();
            leases?.Dispose();
            store.Dispose();
            meter.Dispose();
        }
    }
}
