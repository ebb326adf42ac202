using System.IO.Compression;
using System.Text;

namespace Amble.App.Web;

/// <summary>
/// A sitemap's bytes as they are read: unpacked where they begin as gzip does, whatever their name and type say, cut at the cap, and known
/// as XML or text by their first character.
/// </summary>
internal sealed class SitemapBody : ReadOnlyStream
{
    private const int MostLayers = 2;
    private const int HeadLength = 1 << 10;

    private readonly Stream _inner;
    private readonly long _cap;

    // The XML reader passes none on.
    private readonly CancellationToken _stop;
    private ReadOnlyMemory<byte> _head;
    private long _read;

    private SitemapBody(Stream inner, ReadOnlyMemory<byte> head, long cap, CancellationToken stop)
    {
        (_inner, _head, _cap, _stop) = (inner, head, cap, stop);
        Head = Encoding.ASCII.GetString(head.Span).Replace("\0", "", StringComparison.Ordinal);
        IsEmpty = head.IsEmpty;
        IsXml = Head.AsSpan().TrimStart("? \t\r\n") is ['<', ..];
    }

    /// <summary>The first characters, those beyond ASCII as question marks.</summary>
    public string Head { get; }

    public bool IsXml { get; }

    public bool IsEmpty { get; }

    /// <summary>There is more than was let through.</summary>
    public bool IsCut { get; private set; }

    /// <param name="cap">Most bytes, decompressed.</param>
    /// <param name="stop">Ends this and every later read.</param>
    public static async ValueTask<SitemapBody> OpenAsync(Stream body, long cap, CancellationToken stop)
    {
        var (head, inner) = (await HeadAsync(body, stop), body);
        for (var layer = 0; layer < MostLayers && head.Span is [0x1F, 0x8B, ..]; layer++)
        {
            inner = new GZipStream(new RewoundStream(head, inner), CompressionMode.Decompress);
            head = await HeadAsync(inner, stop);
        }
        return new SitemapBody(inner, WithoutLeadingSpace(head), cap, stop);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        if (_head.IsEmpty)
        {
            read = await _inner.ReadAsync(buffer, _stop);
        }
        else
        {
            read = Math.Min(_head.Length, buffer.Length);
            _head[..read].CopyTo(buffer);
            _head = _head[read..];
        }
        _read += read;
        IsCut |= _read > _cap;
        return IsCut ? 0 : read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> HeadAsync(Stream from, CancellationToken stop)
    {
        var head = new byte[HeadLength];
        return head.AsMemory(0, await from.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, stop));
    }

    // XML allows nothing before its declaration, but templates leave blank lines there.
    private static ReadOnlyMemory<byte> WithoutLeadingSpace(ReadOnlyMemory<byte> head)
    {
        var bytes = head.Span;
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
            bytes = bytes[3..];
        var rest = bytes.TrimStart(" \t\r\n"u8);
        return rest.Length == bytes.Length ? head : head[^rest.Length..];
    }
}
