using System.IO.Compression;

namespace Amble.App.Web;

/// <summary>A stream that is only read, and only asynchronously.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Counts what comes over the wire, and knows whether an error was the wire's.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream
{
    public long Count { get; private set; }

    public bool Failed { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Failed = true;
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Failed = false;
        Count += read;
        return read;
    }
}

/// <summary>
/// "deflate" means zlib (RFC 9110 section 8.4.1.2), but some servers send it raw; the first two bytes tell which.
/// </summary>
internal sealed class EitherDeflateStream(Stream inner) : ReadOnlyStream
{
    private Stream? _decoded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_decoded is null)
        {
            var start = new byte[2];
            var length = await inner.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, cancellationToken);
            var whole = new RewoundStream(start.AsMemory(0, length), inner);
            var zlib = length == 2 && (start[0] & 0x0F) == 8 && ((start[0] << 8) | start[1]) % 31 == 0;
            _decoded = zlib ? new ZLibStream(whole, CompressionMode.Decompress) : new DeflateStream(whole, CompressionMode.Decompress);
        }
        return await _decoded.ReadAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decoded?.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What was read ahead, then the rest.</summary>
internal sealed class RewoundStream(ReadOnlyMemory<byte> start, Stream rest) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _start = start;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start.IsEmpty)
            return rest.ReadAsync(buffer, cancellationToken);
        var taken = Math.Min(_start.Length, buffer.Length);
        _start[..taken].CopyTo(buffer);
        _start = _start[taken..];
        return new(taken);
    }
}
