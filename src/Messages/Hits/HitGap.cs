namespace Amble.Messages;

/// <summary>A hole in the access log: between these instants something is missing (A-7+).</summary>
/// <param name="Count">How many hits; null when nobody knows.</param>
public sealed record HitGap(DateTimeOffset From, DateTimeOffset To, GapReason Reason, long? Count);

/// <summary>Why hits are missing.</summary>
public enum GapReason
{
    /// <summary>A process died before it could store or count them.</summary>
    Unknown = 0,

    /// <summary>They came while the buffer was full.</summary>
    Full = 1,

    /// <summary>They alone could not be stored.</summary>
    Poison = 2,

    /// <summary>They were not stored by the deadline of a stop.</summary>
    Deadline = 3,
}
