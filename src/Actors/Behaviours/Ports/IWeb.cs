using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>The web as seen from here: one request, one outcome. Trouble is an outcome, never an exception.</summary>
public interface IWeb
{
    /// <param name="left">Called once when the request's first byte leaves, with that instant; not called when none left.</param>
    Task<FetchOutcome> FetchAsync(FetchRequest request, Action<DateTimeOffset> left, CancellationToken stop);
}
