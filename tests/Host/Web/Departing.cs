using Amble.Behaviours.Ports;

namespace Amble.Host.Specs.Web;

/// <summary>A departure that a spec allows or forbids, and hears of.</summary>
internal sealed class Departing(Action<DateTimeOffset> told, Func<bool>? may = null) : IDeparture
{
    /// <summary>It may always leave, and nobody listens.</summary>
    public static readonly Departing Freely = new(_ => { });

    public bool May => may?.Invoke() ?? true;

    public void Left(DateTimeOffset at) => told(at);
}
