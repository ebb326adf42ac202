using System.Text;

namespace Amble.App.Web;

// Which answers can hold links. What says that it is HTML or XHTML is read as a page; what says that it is anything else is recorded by its
// headers, as browsers would not make a page of it either. What says nothing (no Content-Type, an empty one, or one of the three with
// which servers say "unknown") is a page if its first bytes are one of the beginnings of HTML (MIME Sniffing standard section 7.1): after
// spaces, a tag or comment from the list, and behind the tag a space or ">". Nothing else is sniffed.

/// <summary>Decides by Content-Type, and by the first bytes where there is none.</summary>
internal static class ContentTypeRule
{
    private static readonly string[] _beginnings =
        ["<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a", "<style", "<title", "<b", "<body", "<br", "<p"];

    public static bool IsPage(string? contentType) => MediaType(contentType) is var type && (Is(type, "text/html") || Is(type, "application/xhtml+xml"));

    /// <summary>The bytes have to be asked.</summary>
    public static bool IsUnknown(string? contentType) =>
        MediaType(contentType) is var type && (type.IsEmpty || Is(type, "unknown/unknown") || Is(type, "application/unknown") || Is(type, "*/*"));

    /// <param name="body">Decompressed; the first few hundred bytes will do.</param>
    public static bool BeginsAsPage(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) body = body[3..];
        body = body.TrimStart(" \t\n\f\r"u8);
        if (body.StartsWith("<!--"u8)) return true;
        foreach (var beginning in _beginnings)
        {
            if (body.Length > beginning.Length && body[beginning.Length] is (byte)' ' or (byte)'>'
                && Ascii.EqualsIgnoreCase(body[..beginning.Length], beginning))
            {
                return true;
            }
        }
        return false;
    }

    private static ReadOnlySpan<char> MediaType(string? contentType)
    {
        var type = contentType.AsSpan();
        var semicolon = type.IndexOf(';');
        return (semicolon < 0 ? type : type[..semicolon]).Trim();
    }

    private static bool Is(ReadOnlySpan<char> type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);
}
