using System.Text;
using Amble.App.Sql;
using Amble.Behaviours.Cards;
using Amble.Local.Cards;

namespace Amble.Simulation.Specs;

/// <summary>Draws flat bytes that follow from the content; some contents it can never draw.</summary>
internal sealed class SimArtist : ICardArtist
{
    public string Painter => "sim";

    /// <param name="crashes">Gets what threw and was no refusal.</param>
    public static CardSupplies Supplies(ReadStore reads, List<Exception> crashes) => new(
        CardSettings.Default, Task.FromResult<ICardArtist?>(new SimArtist()), reads, reads, reads, reads, (_, fault) =>
        {
            if (fault is not RefusedException) crashes.Add(fault);
        });

    public CardKey KeyOf(CardContent content) => CardKey.Of(CardFace.Of(content), Painter);

    public byte[] Draw(CardContent content, CancellationToken stop)
    {
        var key = KeyOf(content).Text;
        return key[0] == '0' ? throw new RefusedException() : Encoding.ASCII.GetBytes(key);
    }

    private sealed class RefusedException() : Exception("No such glyph.");
}
