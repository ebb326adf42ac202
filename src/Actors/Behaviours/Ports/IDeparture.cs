namespace Amble.Behaviours.Ports;

/// <summary>What a request asks and tells at the moment when it leaves.</summary>
public interface IDeparture
{
    /// <summary>
    /// Asked from memory just before the first byte of everything that is sent, a repetition on another connection too. False: nothing is
    /// sent, and the outcome is <see cref="Messages.FetchOutcome.NotSent"/>.
    /// </summary>
    bool May { get; }

    /// <summary>Told once when the request's first byte has left, with that instant; not told when none left.</summary>
    void Left(DateTimeOffset at);
}
