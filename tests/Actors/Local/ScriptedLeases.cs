using Amble.Behaviours.Ports;

namespace Amble.Actors.Specs.Local;

/// <summary>A table of leases that answers as it is told to.</summary>
internal sealed class ScriptedLeases : ILeaseTable
{
    private long _epochs;

    public bool IsGone { get; set; }
    public bool Refuses { get; set; }
    public bool IsMoved { get; set; }
    public TimeSpan? Waits { get; set; }
    public List<long?> Formers { get; } = [];
    public List<Hold> Claimed { get; } = [];
    public List<Hold> Released { get; } = [];
    public List<long> Ended { get; } = [];

    public long Take(string node, TimeSpan lasts, long? former) => Go(() =>
    {
        Formers.Add(former);
        return ++_epochs;
    });

    public bool Renew(long epoch, TimeSpan lasts) => Go(() => !Refuses);

    public Claim? Claim(Hold wanted)
    {
        Claimed.Add(wanted);
        return Go<Claim>(() => Waits is { } wait ? new Claim.Wait(wait, "It is somebody else's.") : new Claim.Granted(wanted, IsMoved));
    }

    public void Release(Hold hold) => Go(() =>
    {
        Released.Add(hold);
        return true;
    });

    public IReadOnlyList<string> ReadMembers(string except) => Go<IReadOnlyList<string>>(() => []);

    public void End(long epoch) => Go(() =>
    {
        Ended.Add(epoch);
        return true;
    });

    private T Go<T>(Func<T> step) => IsGone ? throw new StoreUnavailableException("The leases cannot be reached.", full: false) : step();
}
