using Amble.Behaviours.Ports;

namespace Amble.Local;

/// <summary>Retention of this process: where the writer is, there is a driver; while it is elsewhere, there is none.</summary>
public sealed class RetentionDesk : IRetention
{
    private volatile RetentionDriver? _driver;

    public RetentionNumbers Numbers => _driver?.Numbers ?? RetentionNumbers.Elsewhere;

    public Task<PurgeDone> PurgeAsync(CancellationToken stop) => _driver is { } driver
        ? driver.PurgeAsync(stop)
        : throw new StoreUnavailableException("The writer is on another node, and only that one can purge; `amble inspect writer` names it.", full: false);

    /// <summary>The writer is here from now on.</summary>
    public RetentionDriver Open(IScheduler scheduler, LocalWriter writer, RetentionSurroundings around) => _driver = new RetentionDriver(scheduler, writer, around);

    /// <summary>It is here no more.</summary>
    public void Close()
    {
        _driver?.Close();
        _driver = null;
    }
}
