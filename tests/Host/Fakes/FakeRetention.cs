using Amble.Behaviours.Ports;

namespace Amble.Host.Specs.Fakes;

/// <summary>Retention that stands as the test says, and counts how often it was told to purge.</summary>
internal sealed class FakeRetention : IRetention
{
    public RetentionNumbers Numbers { get; set; } =
        new(true, TimeSpan.FromHours(2), 1_234, 567, 89, 3, 1, 12, TimeSpan.FromMilliseconds(17), 61.5, null, RetentionRead.Nothing);

    public PurgeDone Done { get; set; } = new(89, 3, 4_200_000, TimeSpan.FromSeconds(1.5), null);

    /// <summary>Why it cannot be done here; null when it can.</summary>
    public string? Elsewhere { get; set; }

    public int Purges { get; private set; }

    public Task<PurgeDone> PurgeAsync(CancellationToken stop)
    {
        if (Elsewhere is { } why) throw new StoreUnavailableException(why, full: false);
        Purges++;
        return Task.FromResult(Done);
    }
}
