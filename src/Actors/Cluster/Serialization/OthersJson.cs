using Akka.Actor;
using Akka.Serialization;

namespace Amble.Cluster.Serialization;

/// <summary>
/// What Akka's own messages without a serializer of their own fall back to. Nothing of ours does: its JSON has type names, which would tie
/// the wire to the code and let whoever sends bytes choose what is made of them.
/// </summary>
public sealed class OthersJson(ExtendedActorSystem system) : NewtonSoftJsonSerializer(system)
{
    private const string Ours = "Amble.";

    /// <summary>Says to other nodes how to read it, so it never changes.</summary>
    public override int Identifier => 4_241;

    public override byte[] ToBinary(object obj)
    {
        Refuse(obj.GetType());
        return base.ToBinary(obj);
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        if (type is not null) Refuse(type);
        return base.FromBinary(bytes, type!);
    }

    private static void Refuse(Type type)
    {
        if (type.FullName?.StartsWith(Ours, StringComparison.Ordinal) == true)
        {
            throw new InvalidOperationException($"{type.FullName} has no manifest: it never leaves its process.");
        }
    }
}
