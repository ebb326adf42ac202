using Amble.Messages;

namespace Amble.Behaviours.Politeness;

/// <summary>One stored request, as far as politeness goes.</summary>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>.</param>
public readonly record struct SentRequest(DateTimeOffset StartedAt, int Milliseconds, int Status, RequestKind Kind)
{
    /// <summary>When its last byte was there, or it was given up.</summary>
    public DateTimeOffset EndedAt => StartedAt.AddMilliseconds(Milliseconds);
}
