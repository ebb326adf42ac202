using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amble.Messages;

/// <summary>Hosts of URLs (WHATWG URL section 3.5): names in lower case and in ASCII, addresses in their one shortest form.</summary>
internal static class UrlHost
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");
    private static readonly IdnMapping Idna = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>The canonical host, an IPv6 address in brackets; null when it is neither an address nor a name that DNS can hold.</summary>
    public static string? Canonical(ReadOnlySpan<char> host)
    {
        if (host.Length > 1 && host[0] == '[')
            return host[^1] == ']' ? Ipv6(host[1..^1]) : null;
        var name = host.IndexOfAnyExcept(Plain) < 0 ? host.ToString() : Name(host);
        return name is null || !IsName(name) ? null : EndsInNumber(name) ? Ipv4(name) : name;
    }

    private static string? Name(ReadOnlySpan<char> host)
    {
        var name = host.Contains('%') ? WebUtility.UrlDecode(host.ToString().Replace("+", "%2B")) : host.ToString();
        if (!Ascii.IsValid(name))
        {
            if (Mapped(name) is not { } mapped)
                return null;
            try
            {
                name = Ascii.IsValid(mapped) ? mapped : Idna.GetAscii(mapped);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
        name = name.ToLowerInvariant();
        return name.AsSpan().IndexOfAnyExcept(Plain) < 0 ? name : null;
    }

    // The part of the IDNA mapping (UTS 46 section 4) that people type: wide forms, ideographic full stops, what is invisible, capital
    // letters. Marks are composed only where the system can (Unicode data is left out of this build). Null for what no name may hold.
    private static string? Mapped(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (rune.Value is 0x3002 or 0xFF61)
                text.Append('.');
            else if (rune.Value is >= 0xFF01 and <= 0xFF5E)
                text.Append((char)(rune.Value - 0xFEE0));
            else if (IsIgnored(rune.Value))
                continue;
            else if (!MayBeInName(rune) || (IsJoiner(rune.Value) && (text.Length == 0 || text[^1] == '.')))
                return null;
            else
                text.Append(rune);
        }
        return text.ToString().ToLowerInvariant();
    }

    private static bool IsIgnored(int rune) => rune is 0xAD or 0x34F or (>= 0x180B and <= 0x180F) or 0x200B or 0x2060 or 0x2064
        or (>= 0x206A and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xE0100 and <= 0xE01EF);

    // They shape what stands before them, so they never begin a label.
    private static bool IsJoiner(int rune) => rune is 0x200C or 0x200D;

    private static bool MayBeInName(Rune rune) => IsJoiner(rune.Value) || (rune.Value is not (0xFFFD or (>= 0x2FF0 and <= 0x2FFF)) && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 253)
            return false;
        if (name[^1] == '.')
            name = name[..^1];
        var label = 0;
        foreach (var c in name)
        {
            if (c == '.' ? label == 0 : label == 63)
                return false;
            label = c == '.' ? 0 : label + 1;
        }
        return label > 0;
    }

    private static bool EndsInNumber(ReadOnlySpan<char> name)
    {
        name = name.TrimEnd('.');
        var last = name[(name.LastIndexOf('.') + 1)..];
        return last.IndexOfAnyExceptInRange('0', '9') < 0 || (last.StartsWith("0x") && last[2..].IndexOfAnyExcept("0123456789abcdef") < 0);
    }

    private static string? Ipv4(string name)
    {
        var parts = name.TrimEnd('.').Split('.');
        if (parts.Length > 4)
            return null;
        ulong address = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            var room = last ? 8 * (5 - parts.Length) : 8;
            if (!TryNumber(parts[i], out var number) || number >> room != 0)
                return null;
            address = (address << room) | number;
        }
        return $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
    }

    // Decimal, octal after 0, hexadecimal after 0x, as the C library has read them since 1983.
    private static bool TryNumber(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        var radix = text.Length > 1 && text[0] == '0' ? text[1] == 'x' ? 16u : 8u : 10u;
        text = radix switch { 16 => text[2..], 8 => text[1..], _ => text };
        foreach (var c in text)
        {
            var digit = char.IsAsciiHexDigit(c) ? (uint)Convert.ToInt32(c.ToString(), 16) : 16u;
            if (digit >= radix || number > uint.MaxValue)
                return false;
            number = (number * radix) + digit;
        }
        return radix != 10 || text.Length > 0;
    }

    private static string? Ipv6(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept("0123456789abcdefABCDEF:.") >= 0 || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        var octets = address.GetAddressBytes();
        var groups = Enumerable.Range(0, 8).Select(i => (octets[2 * i] << 8) | octets[(2 * i) + 1]).ToArray();
        var (gapAt, gap) = (-1, 1);
        for (var i = 0; i < 8; i++)
        {
            var zeros = groups.Skip(i).TakeWhile(g => g == 0).Count();
            if (zeros > gap)
                (gapAt, gap) = (i, zeros);
        }
        var hex = groups.Select(g => g.ToString("x", CultureInfo.InvariantCulture)).ToArray();
        return gapAt < 0 ? $"[{string.Join(':', hex)}]" : $"[{string.Join(':', hex[..gapAt])}::{string.Join(':', hex[(gapAt + gap)..])}]";
    }
}
