using Akka.Actor;
using Amble.Behaviours.Inspection;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Cluster.Sharding;
using Petabridge.Cmd.Host;

namespace Amble.Palette;

/// <summary>Where <c>pbm</c> comes in: the inspection commands under the word <c>amble</c>, and the cluster's and sharding's own palettes.</summary>
public static class PaletteDoor
{
    /// <summary>
    /// Goes before the node's other configuration. The package listens on all addresses by itself, without a password; here only whoever is
    /// on the machine may come in, unless an operator says otherwise.
    /// </summary>
    public const string Hocon = """petabridge.cmd { host = "127.0.0.1", port = 9110 }""";

    /// <param name="look">A look into this node, taken for each command.</param>
    /// <param name="clean">Makes a stranger's text fit for a terminal, cut at so many characters.</param>
    public static void Open(ActorSystem system, Func<Inspected> look, Func<string, int, string> clean)
    {
        var pbm = PetabridgeCmd.Get(system);
        pbm.RegisterCommandPalette(ClusterCommands.Instance);
        pbm.RegisterCommandPalette(ClusterShardingCommands.Instance);
        pbm.RegisterCommandPalette(new OperatorCommands(look, clean));
        pbm.Start();
    }
}
