using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Amble.Behaviours.Ports;

namespace Amble.Behaviours.Cards;

/// <summary>
/// The key of a card: a hash of all that is drawn, and of who draws it how (D-8+). Each part goes in with its length, so that no two contents
/// look alike; a part that is not drawn is not there. Two things that are drawn alike share a card.
/// </summary>
public static class CardKey
{
    /// <summary>Hexadecimal digits.</summary>
    public const int Length = 32;

    public static string Of(ICardPainter painter, CardContent content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, painter.Name);
        Add(hash, painter.LayoutVersion);
        foreach (var part in Parts(content))
        {
            if (part is string text) Add(hash, text);
            else Add(hash, part is int number ? number : -1);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Length / 2));
    }

    public static bool IsKey(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);

    // Null and numbers are written as numbers, all else as text. The first part says what card it is.
    private static IEnumerable<object?> Parts(CardContent content) => content switch
    {
        PageCard c => ["page", c.Title, c.Address, c.Verdict, (int)c.Tone, c.Views],
        SiteCard c => ["site", c.Site, c.Verdict, (int)c.Tone, c.Score, c.Pages, c.Broken, c.Slowest, c.Date, c.Views],
        JobCard c => ["job", c.Name, c.Site, c.Verdict, (int)c.Tone, c.Score, c.Pages, c.Broken, c.Slowest, c.Date, c.Views],
        _ => throw new InvalidOperationException($"No key for {content.GetType().Name}."),
    };

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
