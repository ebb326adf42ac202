using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Amble.Behaviours.Cards;

namespace Amble.Actors.Specs.Local.Cards;

/// <summary>Draws flat bytes that follow from the content, when the test lets it: at once, never, or only what it does not refuse.</summary>
internal sealed class GatedArtist : ICardArtist
{
    private readonly ManualResetEventSlim _open = new(true);
    private int _atOnce;
    private int _most;

    /// <summary>Contents whose drawing has begun, in that order.</summary>
    public ConcurrentQueue<CardContent> Begun { get; } = [];

    public Func<CardContent, bool> Refuses { get; set; } = _ => false;

    /// <summary>Called before each drawing.</summary>
    public Action<CardContent> Before { get; set; } = _ => { };

    /// <summary>It does not even stop when it is told to.</summary>
    public bool IsDeaf { get; set; }

    public int MostAtOnce => Volatile.Read(ref _most);

    public string Painter => "fake";

    public void Shut() => _open.Reset();

    public void Open() => _open.Set();

    public CardKey KeyOf(CardContent content) => CardKey.Of(CardFace.Of(content), Painter);

    public byte[] Draw(CardContent content, CancellationToken stop)
    {
        var now = Interlocked.Increment(ref _atOnce);
        InterlockedMax(now);
        try
        {
            Begun.Enqueue(content);
            Before(content);
            _open.Wait(IsDeaf ? CancellationToken.None : stop);
            return Refuses(content) ? throw new InvalidOperationException("No such glyph.") : SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(content).Text));
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private void InterlockedMax(int now)
    {
        for (var most = _most; now > most; most = _most) Interlocked.CompareExchange(ref _most, now, most);
    }
}
