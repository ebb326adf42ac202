using Akka.Actor;
using Amble.Behaviours.Inspection;
using Amble.Cluster.Node;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Cluster.Sharding;
using Petabridge.Cmd.Host;

namespace Amble.Palette;

/// <summary>Where <c>pbm</c> comes in: the inspection commands under the word <c>amble</c>, and the cluster's and sharding's own palettes.</summary>
/// <param name="look">A look into this node, taken for each command.</param>
/// <param name="clean">Makes a stranger's text fit for a terminal, cut at so many characters.</param>
public sealed class PaletteDoor(Func<Inspected> look, Func<string, int, string> clean) : IPalette
{
    /// <summary>
    /// Goes before the node's other configuration. The package listens on all addresses by itself, without a password; here only whoever is
    /// on the machine may come in, unless an operator says otherwise.
    /// </summary>
    public string Hocon => """petabridge.cmd { host = "127.0.0.1", port = 9110 }""";

    public void Open(ActorSystem system)
    {
        var pbm = PetabridgeCmd.Get(system);
        pbm.RegisterCommandPalette(ClusterCommands.Instance);
        pbm.RegisterCommandPalette(ClusterShardingCommands.Instance);
        pbm.RegisterCommandPalette(new OperatorCommands(look, clean));
        pbm.Start();
    }
}
