using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Hosting;
using Akka.Remote.Hosting;
using Amble.Cluster.Doors;
using Amble.Cluster.Entities;
using Amble.Cluster.Serialization;
using Amble.Cluster.Waking;
using Amble.Cluster.Writing;
using Amble.Wire;

namespace Amble.Cluster.Node;

/// <summary>
/// One node's actor system: what Akka.Hosting has a typed option for is said by that, the rest stands in <c>hocon/</c>. Here is which
/// actors there are.
/// </summary>
internal static class AkkaSetup
{
    private const string WriterName = "writer";
    private const string WakerName = "waker";

    private static readonly string OthersFallBack =
        $$"""
        akka.actor {
          serializers.others = "{{typeof(OthersJson).FullName}}, {{typeof(OthersJson).Assembly.GetName().Name}}"
          serialization-bindings."System.Object" = others
        }
        """;

    /// <summary>Everything below the doors: remoting, membership, journal, serializer.</summary>
    public static AkkaConfigurationBuilder WithGround(this AkkaConfigurationBuilder akka, MemberSettings settings, IPalette? palette = null) => akka
        .AddHocon(ConfigurationFactory.ParseString(settings.MoreHocon + palette?.Hocon).WithFallback(Hocon.All(settings.IsFirstSeed)), HoconAddMode.Prepend)
        .WithRemoting(remote =>
        {
            remote.HostName = settings.Bind?.Host ?? settings.Hostname;
            remote.Port = settings.Bind?.Port ?? settings.Port;
            remote.PublicHostName = settings.Hostname;
            if (settings.Bind is not null) remote.PublicPort = settings.Port;
            if (settings.Certificate is not { } certificate) return;
            remote.EnableSsl = true;
            remote.Ssl = new SslOptions { SuppressValidation = false, CertificateOptions = new SslCertificateOptions { Path = certificate.File, Password = certificate.Password } };
        })
        // Whom it asks for the cluster is not said here: that depends on who is a member already.
        .WithClustering(new ClusterOptions { SplitBrainResolver = new KeepMajorityOption() })
        .WithJournal(settings.Journal)
        .WithSerializers()
        .WithDistributedPubSub(role: null!);

    private static AkkaConfigurationBuilder WithJournal(this AkkaConfigurationBuilder akka, JournalPlace journal) => journal == JournalPlace.InMemory
        ? akka.WithInMemoryJournal().WithInMemorySnapshotStore()
        : akka.WithSqlPersistence(journal.ConnectionString, journal.Provider, autoInitialize: true);

    /// <summary>Ours for all that is ours, and nothing of ours for the fallback.</summary>
    public static AkkaConfigurationBuilder WithSerializers(this AkkaConfigurationBuilder akka) => akka
        .WithCustomSerializer("amble", Manifests.All.Select(row => row.Type), system => new WireSerializer(system))
        .AddHocon(ConfigurationFactory.ParseString(OthersFallBack), HoconAddMode.Prepend);

    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder akka, MemberSettings settings, NodeParts node, WriterSurroundings writer, Doorway door)
    {
        var shards = new Extractor(settings.Shards);
        var options = new ShardOptions
        {
            StateStoreMode = StateStoreMode.DData,
            RememberEntities = false,
            // A behaviour says itself when it sleeps.
            ShouldPassivateIdleEntities = false,
            HandOffStopMessage = Leave.Instance,
        };
        return akka
            .WithShardRegion<DomainActor>(Regions.DomainType, key => Props.Create(() => new DomainActor(key, node)), shards, options)
            .WithShardRegion<JobActor>(Regions.JobType, key => Props.Create(() => new JobActor(key, node)), shards, options)
            .WithSingleton<WriterActor>(WriterName, Props.Create(() => new WriterActor(writer)), new ClusterSingletonOptions { TerminationMessage = CloseWriter.Instance })
            .WithSingleton<WakerActor>(WakerName, Props.Create(() => new WakerActor(node, settings.WakeEvery)), createProxyToo: false)
            .WithActors((system, actors) => door.Open(system, actors, node));
    }
}
