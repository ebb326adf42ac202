using Akka.Actor;
using Akka.TestKit.Xunit2;
using Amble.Cluster.Serialization;
using Amble.Messages;
using Amble.Wire;
using Xunit;

namespace Amble.Cluster.Specs;

/// <summary>Nothing of ours leaves a process but by our own serializer.</summary>
[Trait("Seeds", "S-7")]
public sealed class SerializerSpecs : TestKit
{
    private static readonly DomainName Name = DomainName.Of("a.test", 80);

    [Fact]
    public void What_goes_out_comes_back()
    {
        var serializer = new WireSerializer((ExtendedActorSystem)Sys);
        var wake = new DomainProtocol.Wake(Name);
        Assert.Equal("d/wake/1", serializer.Manifest(wake));
        Assert.Equal(wake, serializer.FromBinary(serializer.ToBinary(wake), "d/wake/1"));
    }

    [Fact]
    public void The_serializer_has_the_number_that_stands_in_every_journal() => Assert.Equal(4_240, new WireSerializer((ExtendedActorSystem)Sys).Identifier);

    [Fact]
    public void What_is_over_64_KiB_fails_its_sender()
    {
        var big = new WriterProtocol.Rejected(new WriterProtocol.DropReport(new JobId(1)), new string('x', 70_000));
        var refused = Assert.Throws<MessageTooBigException>(() => new WireSerializer((ExtendedActorSystem)Sys).ToBinary(big));
        Assert.Contains("allowed are 65,536", refused.Message);
    }

    [Fact]
    public void What_has_no_manifest_does_not_fall_back_to_JSON()
    {
        var json = new OthersJson((ExtendedActorSystem)Sys);
        Assert.Throws<InvalidOperationException>(() => json.ToBinary(new PageId(1)));
        Assert.Throws<InvalidOperationException>(() => json.FromBinary([], typeof(PageId)));
        Assert.NotEmpty(json.ToBinary("somebody else's"));
    }

    [Fact]
    public void Every_message_of_the_actors_stays_in_the_process_or_has_a_manifest()
    {
        var said = typeof(WireSerializer).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetMethod("<Clone>$") is not null && (type.DeclaringType is { } owner && typeof(ActorBase).IsAssignableFrom(owner) || type.Namespace!.EndsWith("Entities", StringComparison.Ordinal)))
            .Where(type => !typeof(INoSerializationVerificationNeeded).IsAssignableFrom(type) && !Manifests.Has(type));
        Assert.Empty(said.Select(type => type.FullName));
    }
}
