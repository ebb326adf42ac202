using System.Security.Cryptography;
using System.Text;
using Amble.Behaviours.Cards;

namespace Amble.Host.Specs.Cards;

/// <summary>Draws flat bytes that follow from the content, behind a gate that the test may shut.</summary>
internal sealed class FlatArtist : ICardArtist
{
    private readonly ManualResetEventSlim _open = new(true);
    private long _drawn;

    public long Drawn => Volatile.Read(ref _drawn);

    public string Painter => "flat";

    public void Shut() => _open.Reset();

    public void Open() => _open.Set();

    public CardKey KeyOf(CardContent content) => CardKey.Of(CardFace.Of(content), Painter);

    public byte[] Draw(CardContent content, CancellationToken stop)
    {
        Interlocked.Increment(ref _drawn);
        if (content != App.Cards.CardDoor.Generic) _open.Wait(CancellationToken.None);
        return SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(content).Text));
    }
}
