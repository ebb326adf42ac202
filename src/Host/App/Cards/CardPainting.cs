using Amble.Behaviours.Cards;

namespace Amble.App.Cards;

/// <summary>
/// The painter of this build: Skia where it is built in and runs, else the system's Pango, else none, which is a plain answer and no error.
/// It opens beside the start of a node, which does not wait for fonts.
/// </summary>
public sealed class CardPainting
{
    private readonly Task<(CardArtist? Artist, string Word)> _opened;

    private CardPainting(Task<(CardArtist? Artist, string Word)> opened) => _opened = opened;

    /// <summary>Where nobody asks for cards.</summary>
    public static CardPainting Off { get; } = new(Task.FromResult<(CardArtist?, string)>((null, "none: this command draws no cards")));

    /// <summary>The folder with the fonts that come with the program.</summary>
    public static string ShippedFonts { get; } = Path.Combine(AppContext.BaseDirectory, CardFont.Folder);

    /// <summary>As health tells it: <c>skia</c>, <c>pango</c>, <c>opening</c>, or <c>none</c> with the reason.</summary>
    public string Word => _opened.IsCompletedSuccessfully ? _opened.Result.Word : "opening";

    /// <summary>Who draws; null when nothing can.</summary>
    public async Task<CardArtist?> ArtistAsync() => (await _opened).Artist;

    public static CardPainting Begin(string fonts) => new(Task.Run(() => Open(fonts)));

    private static (CardArtist? Artist, string Word) Open(string fonts)
    {
        var painter = SkiaPart.TryOpen(fonts, out var noSkia);
        string? noPango = null;
        painter ??= PangoPart.TryOpen(fonts, out noPango);
        return painter is null ? (null, $"none: {noSkia} {noPango}") : (new CardArtist(painter), painter.Name);
    }
}
