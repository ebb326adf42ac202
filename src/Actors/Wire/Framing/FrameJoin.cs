namespace Amble.Wire.Framing;

/// <summary>
/// Joins the frames of any number of senders. Of each sender one message is in the making; frames come in order or the message is given
/// up, and its sender's link sends it again. What is held is bounded: beyond the cap the message that has waited longest for its next frame
/// is given up, as its sender has most likely gone. Used under its owner's lock.
/// </summary>
/// <param name="mostHeld">Bytes of all that is in the making, at least <see cref="FrameCutter.MostWhole"/>.</param>
public sealed class FrameJoin(long mostHeld = 4 * FrameCutter.MostWhole)
{
    private const long MostParts = (FrameCutter.MostWhole + FrameCutter.MostBytes - 1) / FrameCutter.MostBytes;

    private readonly Dictionary<string, Making> _makings = [];
    private long _clock;

    /// <summary>Bytes of all that is in the making.</summary>
    public long Held { get; private set; }

    /// <summary>Messages in the making.</summary>
    public int Count => _makings.Count;

    /// <summary>Messages given up: a frame was missing, out of order or malformed, or there was no room.</summary>
    public long GivenUp { get; private set; }

    /// <summary>The whole message when this was its last frame; else null.</summary>
    /// <exception cref="UnreadableMessageException">The frames are whole, and what they hold is no message.</exception>
    public object? Add(Frame frame)
    {
        if (!IsWellFormed(frame))
        {
            Drop(frame.Session);
            GivenUp++;
            return null;
        }
        if (frame.Part == 0) Begin(frame);
        if (!_makings.TryGetValue(frame.Session, out var making) || !making.IsNext(frame))
        {
            // The rest of a message that was given up is no second one.
            if (Drop(frame.Session)) GivenUp++;
            return null;
        }
        making.Add(frame, ++_clock);
        Held += frame.Bytes.Length;
        GiveUpOldest();
        if (!making.IsWhole) return null;
        Drop(frame.Session);
        return Codec.Decode(frame.Manifest, making.Bytes);
    }

    /// <summary>This sender is gone.</summary>
    public void Forget(string session) => Drop(session);

    private static bool IsWellFormed(Frame frame) =>
        frame.Of >= 2 && frame.Of <= MostParts && frame.Part >= 0 && frame.Part < frame.Of
        && (frame.Part < frame.Of - 1 ? frame.Bytes.Length == FrameCutter.MostBytes : frame.Bytes.Length is > 0 and <= FrameCutter.MostBytes);

    private void Begin(Frame frame)
    {
        if (Drop(frame.Session)) GivenUp++;
        _makings[frame.Session] = new Making(frame);
    }

    private void GiveUpOldest()
    {
        while (Held > mostHeld)
        {
            Drop(_makings.MinBy(one => one.Value.LastAt).Key);
            GivenUp++;
        }
    }

    private bool Drop(string session)
    {
        if (!_makings.Remove(session, out var making)) return false;
        Held -= making.Length;
        return true;
    }

    private sealed class Making(Frame first)
    {
        private readonly MemoryStream _bytes = new();
        private int _next;

        public long LastAt { get; private set; }

        public long Length => _bytes.Length;

        public bool IsWhole => _next == first.Of;

        public ReadOnlyMemory<byte> Bytes => _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);

        public bool IsNext(Frame frame) => frame.Number == first.Number && frame.Of == first.Of && frame.Manifest == first.Manifest && frame.Part == _next;

        public void Add(Frame frame, long at)
        {
            _bytes.Write(frame.Bytes);
            _next++;
            LastAt = at;
        }
    }
}
