using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Amble.Behaviours.Cards;

/// <summary>
/// A card's name (SEEDS D-8+): 128 bits of SHA-256 over all that is drawn, the layout's version and the painter. Each text goes in with its
/// length, so that "ab" and "c" are not "a" and "bc".
/// </summary>
/// <param name="Text">32 hexadecimal digits in lower case.</param>
public readonly record struct CardKey(string Text)
{
    /// <summary>Goes up with every change of layout, colours, fonts or encoding that changes a picture.</summary>
    public const int LayoutVersion = 1;

    public static CardKey Of(CardFace face, string painter)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, $"card {LayoutVersion}");
        foreach (var text in (ReadOnlySpan<string>)[painter, face.Kind, face.Head, face.Corner, face.Title, face.Foot, face.Score, face.Steps, face.Place]) Add(hash, text);
        foreach (var figure in face.Figures)
        {
            Add(hash, figure.Number);
            Add(hash, figure.Label);
            Add(hash, figure.IsBad ? "bad" : "");
        }
        return new CardKey(Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)));
    }

    public override string ToString() => Text;

    private static void Add(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(Encoding.Unicode.GetBytes(text));
    }
}
