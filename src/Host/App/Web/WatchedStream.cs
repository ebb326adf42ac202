namespace Amble.App.Web;

/// <summary>
/// A connection whose writes ask and tell who sends: with HTTP/1.1 the sender itself writes, so its timeline flows here. Nothing is written
/// for whoever may not ask any more, neither on a connection that was kept nor on the one that repeats it. The instant is taken when
/// the bytes have been handed to the system: a thread that was held up before that cannot make the next request follow too closely.
/// </summary>
/// <param name="ask">Throws when nothing may leave; else says who leaves, null where that was told already.</param>
internal sealed class WatchedStream(Stream inner, ConnectionOpening? opening, Func<FetchTimeline?> ask, Action? closed) : Stream
{
    private ConnectionOpening? _opening = opening;
    private Action? _closed = closed;

    public override bool CanRead => inner.CanRead;
    public override bool CanSeek => false;
    public override bool CanWrite => inner.CanWrite;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var sender = ask();
        var writing = inner.WriteAsync(buffer, cancellationToken);
        Leaves(sender);
        return writing;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var sender = ask();
        var writing = inner.WriteAsync(buffer, offset, count, cancellationToken);
        Leaves(sender);
        return writing;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        var sender = ask();
        inner.Write(buffer, offset, count);
        Leaves(sender);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Interlocked.Exchange(ref _closed, null)?.Invoke();
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Leaves(FetchTimeline? sender) => sender?.Leave(Interlocked.Exchange(ref _opening, null));
}
