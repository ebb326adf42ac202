using Akka.Actor;

namespace Amble.Cluster.Node;

/// <summary>A way for operators into the running actor system, beside the program's own doors: the part Palette, where it is built in.</summary>
public interface IPalette
{
    /// <summary>Akka configuration that goes before all other.</summary>
    string Hocon { get; }

    /// <summary>Called once, when the system has started.</summary>
    void Open(ActorSystem system);
}
