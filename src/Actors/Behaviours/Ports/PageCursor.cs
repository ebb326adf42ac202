using System.Buffers.Binary;
using System.Buffers.Text;
using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>
/// Where a list of pages goes on: behind one page in one order. It names the page and not a row number, so it stays right while a job
/// goes on. Its text is to be handed back, not to be read: 23 characters that are safe in a URL.
/// </summary>
/// <param name="Value">The page's place in the order, as the store keeps it; the page itself decides among equals.</param>
public readonly record struct PageCursor(PageSort Sort, long Value, PageId Page)
{
    private const int Length = 17;

    /// <summary>False when the text is no place in that order.</summary>
    public static bool TryParse(string text, PageSort sort, out PageCursor cursor)
    {
        cursor = default;
        // One byte more, so that a text that is too long is seen to be so.
        Span<byte> bytes = stackalloc byte[Length + 1];
        if (text.Length > 2 * Length || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != Length) return false;
        var (value, page) = (BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadInt64BigEndian(bytes[9..]));
        if (bytes[0] != (byte)sort || page < 1) return false;
        cursor = new PageCursor(sort, value, new PageId(page));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = (byte)Sort;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Page.Value);
        return Base64Url.EncodeToString(bytes);
    }
}
