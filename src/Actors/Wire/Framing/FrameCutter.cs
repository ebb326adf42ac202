namespace Amble.Wire.Framing;

/// <summary>Cuts what is too big for one wire message; what fits goes as it is. One for each life of a sender.</summary>
/// <param name="session">Names this life; no other life of any sender has the same.</param>
public sealed class FrameCutter(string session)
{
    /// <summary>Of a message in one frame: as base64 and with its head it stays below 62 KiB.</summary>
    public const int MostBytes = 45 << 10;

    /// <summary>Of a whole message: more than the largest page's links, packed, ever come to. Whoever joins frames refuses more.</summary>
    public const long MostWhole = 16L << 20;

    private long _number;

    /// <summary>The message itself, or its frames in order. They are to be sent one after the other, with no other frames of this sender between.</summary>
    /// <exception cref="MessageTooBigException">It has more than <see cref="MostWhole"/>: nobody would join it.</exception>
    public IReadOnlyList<object> Cut(object message)
    {
        var whole = Codec.EncodeWhole(message);
        if (whole.Bytes.Length <= Codec.MostBytes) return [message];
        if (whole.Bytes.Length > MostWhole) throw new MessageTooBigException(whole.Manifest, whole.Bytes.Length);
        _number++;
        var of = (whole.Bytes.Length + MostBytes - 1) / MostBytes;
        return [.. Enumerable.Range(0, of).Select(part => new Frame(
            session, _number, part, of, whole.Manifest, whole.Bytes[(part * MostBytes)..Math.Min((part + 1) * MostBytes, whole.Bytes.Length)]))];
    }
}
