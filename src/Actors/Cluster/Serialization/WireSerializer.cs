using Akka.Actor;
using Akka.Serialization;
using Amble.Wire;

namespace Amble.Cluster.Serialization;

/// <summary>
/// The one way in which anything of ours leaves the process or goes to the journal (S-7): <see cref="Codec"/>'s bytes under its frozen
/// manifests. What has none, or is over 64 KiB, fails its sender.
/// </summary>
public sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stands in the journal beside every row, so it never changes.</summary>
    public override int Identifier => 4_240;

    public override string Manifest(object o) => Manifests.Of(o);

    public override byte[] ToBinary(object obj) => Codec.Encode(obj).Bytes;

    public override object FromBinary(byte[] bytes, string manifest) => Codec.Decode(manifest, bytes);
}
