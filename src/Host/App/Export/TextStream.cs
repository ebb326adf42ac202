using System.Text;

namespace Amble.App.Export;

/// <summary>Gives UTF-8 bytes on to a text writer, such as a command's standard output, which may be a test's own.</summary>
internal sealed class TextStream(TextWriter to) : Stream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // A character may come in two pieces; the decoder keeps the first one.
        var text = new char[_decoder.GetCharCount(buffer, flush: false)];
        to.Write(text, 0, _decoder.GetChars(buffer, text, flush: false));
    }

    public override void Flush() => to.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
