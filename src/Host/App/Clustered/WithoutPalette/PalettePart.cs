using Amble.Behaviours.Inspection;
using Amble.Cluster.Node;

namespace Amble.App;

/// <summary>The part Palette, left out: <c>amble inspect</c> has the same commands.</summary>
internal static class PalettePart
{
    public static IPalette? For(Func<Inspected> look) => null;
}
