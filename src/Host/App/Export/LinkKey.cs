using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Amble.App.Export;

/// <summary>
/// What a finding is known by across runs: the first half of a SHA-256 over its two URLs. It depends on no number that a store gives, so
/// that a crawl from an empty directory finds what another machine found.
/// </summary>
public readonly record struct LinkKey(UInt128 Value)
{
    /// <param name="source">The page that links; empty when none does.</param>
    public static LinkKey Of(string target, string source)
    {
        // No URL holds a line feed, so that no two pairs are the same text.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{target}\n{source}"));
        return new LinkKey(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out LinkKey key)
    {
        var isKey = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && text is { Length: 32 };
        key = new LinkKey(value);
        return isKey;
    }
}
