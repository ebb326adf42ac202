namespace Amble.App.Sql;

/// <summary>
/// Instants as unix milliseconds, rounded up: what is stored as "not before" is never earlier than what was promised. Reads ask with
/// the present rounded down, for the same reason. Spans that pace a site, and starts of requests, keep microseconds.
/// </summary>
internal static class StoredTime
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static long Milliseconds(DateTimeOffset at) =>
        Math.Min(Last, (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);

    public static long? Milliseconds(DateTimeOffset? at) => at is { } instant ? Milliseconds(instant) : null;

    /// <summary>The present, rounded down.</summary>
    public static long Now(DateTimeOffset now) => now.ToUnixTimeMilliseconds();

    public static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Microseconds(TimeSpan span) => (span.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;

    public static long? Microseconds(TimeSpan? span) => span is { } some ? Microseconds(some) : null;

    public static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } some ? Instant(some) : null;

    public static TimeSpan Span(long microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan? Span(long? microseconds) => microseconds is { } some ? Span(some) : null;
}
