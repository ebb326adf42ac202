using System.Buffers;
using System.IO.Compression;

namespace Amble.App.Web;

/// <summary>How the reading of a body ended.</summary>
internal enum BodyEnd
{
    /// <summary>All of it is here.</summary>
    Whole,
    /// <summary>The cap was reached and the rest left alone, as was wished.</summary>
    Cut,
    /// <summary>The cap on bytes or on their growth was reached.</summary>
    TooLarge,
    /// <summary>The encoding is unknown or damaged.</summary>
    Broken,
}

/// <summary>A body in memory that is lent; give it back by disposing it.</summary>
/// <param name="Received">Bytes on the wire.</param>
internal readonly record struct Body(BodyEnd End, byte[] Lent, int Length, long Received, string Trouble) : IDisposable
{
    public ReadOnlySpan<byte> Bytes => Lent.AsSpan(0, Length);

    public void Dispose()
    {
        if (Lent.Length > 0)
            ArrayPool<byte>.Shared.Return(Lent);
    }
}

/// <summary>Reads and decompresses a body while it comes, never holding more than its cap.</summary>
internal static class BodyReader
{
    private const int MostLayers = 2;

    /// <param name="encodings">The codings of Content-Encoding in the order they were applied.</param>
    /// <param name="cut">Reaching the cap ends the reading well.</param>
    public static async ValueTask<Body> ReadAsync(Stream content, IReadOnlyList<string> encodings, int cap, bool cut, WebSettings settings, CancellationToken stop)
    {
        var wire = new CountingStream(content);
        if (encodings.Count > MostLayers)
            return Failed(BodyEnd.Broken, wire, $"it is compressed {encodings.Count} times");
        await using var decoded = Decode(wire, encodings);
        if (decoded is null)
            return Failed(BodyEnd.Broken, wire, $"'{string.Join(", ", encodings)}' was not asked for");

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(cap, 32 << 10) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer, length);
                var read = await decoded.ReadAsync(buffer.AsMemory(length), stop);
                if (read == 0)
                    return Lend(BodyEnd.Whole, length);
                length += read;
                if (length > settings.RatioFrom && length > wire.Count * settings.RatioCap)
                    return Failed(BodyEnd.TooLarge, wire, $"it grows over {settings.RatioCap} times when decompressed");
                if (cut && length >= cap)
                    return Lend(BodyEnd.Cut, cap);
                if (length > cap || wire.Count > cap)
                    return Failed(BodyEnd.TooLarge, wire, $"it is over {cap:N0} bytes");
            }
        }
        // A decoder's complaint, not the connection's: the three decoders each have their own way to say it.
        catch (Exception e) when (!wire.Failed && e is InvalidDataException or InvalidOperationException or IOException)
        {
            return Failed(BodyEnd.Broken, wire, "it cannot be decompressed");
        }
        finally
        {
            if (buffer.Length > 0)
                ArrayPool<byte>.Shared.Return(buffer);
        }

        Body Lend(BodyEnd end, int whole)
        {
            var lent = buffer;
            buffer = [];
            return new Body(end, lent, whole, wire.Count, "");
        }
    }

    /// <summary>Receives a body that nobody reads, so that its connection can serve again; past the cap it is let go.</summary>
    public static async ValueTask<long> SkipAsync(Stream content, int cap, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(8 << 10);
        try
        {
            long received = 0;
            int read;
            do
            {
                read = await content.ReadAsync(buffer, stop);
                received += read;
            }
            while (read > 0 && received <= cap);
            return received;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Body Failed(BodyEnd end, CountingStream wire, string trouble) => new(end, [], 0, wire.Count, trouble);

    /// <summary>The body as it was before it was encoded; null where an encoding is unknown or there are too many.</summary>
    public static Stream? Decode(Stream wire, IReadOnlyList<string> encodings)
    {
        if (encodings.Count > MostLayers)
            return null;
        var decoded = wire;
        for (var i = encodings.Count - 1; i >= 0; i--)
        {
            switch (encodings[i].ToLowerInvariant())
            {
                case "gzip" or "x-gzip":
                    decoded = new GZipStream(decoded, CompressionMode.Decompress);
                    break;
                case "deflate":
                    decoded = new EitherDeflateStream(decoded);
                    break;
                case "br":
                    decoded = new BrotliStream(decoded, CompressionMode.Decompress);
                    break;
                case "identity" or "":
                    break;
                default:
                    return null;
            }
        }
        return decoded;
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
