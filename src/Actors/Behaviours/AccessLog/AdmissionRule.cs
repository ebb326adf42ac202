namespace Amble.Behaviours.AccessLog;

/// <summary>
/// Whether a newcomer has room (A-4, A-10+): the buffer is bounded in entries and in bytes, and a share of both is kept for those whose
/// kind is reserved. Who finds no room is dropped; nobody who waits is pushed out, so what is stored stays in order and without holes that
/// nobody tells of. An item holds its room until it is stored or dropped.
/// </summary>
public static class AdmissionRule
{
    /// <summary>A room is one number, so that it changes in one step: entries above, bytes below.</summary>
    public const int MostEntries = 1_000_000;

    private const int BytesBits = 40;
    private const long BytesMask = (1L << BytesBits) - 1;

    /// <summary>A room that nobody comes into any more.</summary>
    public const long Shut = long.MaxValue;

    public static int Entries(long room) => (int)(room >> BytesBits);

    public static long Bytes(long room) => room & BytesMask;

    /// <summary>What items take of a room.</summary>
    public static long Of(int entries, long bytes) => ((long)entries << BytesBits) + bytes;

    /// <summary>Whether one more item of that size may come in.</summary>
    public static bool MayEnter(long room, int bytes, bool isReserved, AccessLogSettings settings)
    {
        var share = isReserved ? 1 : 1 - settings.ReservedShare;
        // One that is larger than all of the room may come in alone.
        return Entries(room) < settings.Entries * share && (Entries(room) == 0 || Bytes(room) + bytes <= settings.Bytes * share);
    }
}
