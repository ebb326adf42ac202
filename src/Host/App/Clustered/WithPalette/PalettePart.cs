using Amble.App.Cli;
using Amble.Behaviours.Inspection;
using Amble.Cluster.Node;
using Amble.Palette;

namespace Amble.App;

/// <summary>The part Palette, built in: pbm answers what <c>amble inspect</c> would.</summary>
internal static class PalettePart
{
    public static IPalette? For(Func<Inspected> look) => new PaletteDoor(look, TerminalText.Clean);
}
