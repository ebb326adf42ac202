using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>The table of leases and owners in memory, by the world's clock.</summary>
/// <param name="waits">Whether a claim waits for the former owner's lease.</param>
internal sealed class SimLeases(Func<DateTimeOffset> now, bool waits)
{
    private readonly Dictionary<long, DateTimeOffset> _lasting = [];
    private readonly Dictionary<DomainName, (Hold Hold, bool Released)> _owners = [];
    private long _epochs;

    /// <summary>Claims that found another owner before them.</summary>
    public int Moves { get; private set; }

    /// <summary>Under which epoch the domain may be asked now; null when under none.</summary>
    public long? OwnerOf(DomainName domain) =>
        _owners.TryGetValue(domain, out var owner) && !owner.Released && Lasts(owner.Hold.Epoch) ? owner.Hold.Epoch : null;

    /// <summary>The table as one node reaches it.</summary>
    public ILeaseTable From(Func<bool> isCutOff, Random chance, double share) => new Way(this, isCutOff, chance, share);

    private bool Lasts(long epoch) => _lasting.TryGetValue(epoch, out var until) && until > now();

    private long Take(TimeSpan lasts, long? former)
    {
        if (former is { } epoch) _lasting.Remove(epoch);
        _lasting[++_epochs] = now() + lasts;
        return _epochs;
    }

    private bool Renew(long epoch, TimeSpan lasts)
    {
        if (!Lasts(epoch)) return false;
        _lasting[epoch] = now() + lasts;
        return true;
    }

    private Claim? Claim(Hold wanted)
    {
        if (!Lasts(wanted.Epoch)) return null;
        var isKnown = _owners.TryGetValue(wanted.Domain, out var owner);
        var isOthers = isKnown && owner.Hold.Epoch != wanted.Epoch;
        if (isOthers && !owner.Released && Lasts(owner.Hold.Epoch) && waits)
            return new Claim.Wait(_lasting[owner.Hold.Epoch] - now(), "Its owner's lease has not ended yet.");
        _owners[wanted.Domain] = (wanted, false);
        if (isOthers) Moves++;
        return new Claim.Granted(wanted, isOthers);
    }

    private bool Release(Hold hold)
    {
        if (_owners.TryGetValue(hold.Domain, out var owner) && owner.Hold == hold) _owners[hold.Domain] = (hold, true);
        return true;
    }

    private sealed class Way(SimLeases table, Func<bool> isCutOff, Random chance, double share) : ILeaseTable
    {
        public long Take(string node, TimeSpan lasts, long? former) => Go(() => table.Take(lasts, former));

        public bool Renew(long epoch, TimeSpan lasts) => Go(() => table.Renew(epoch, lasts));

        public Claim? Claim(Hold wanted) => Go(() => table.Claim(wanted));

        public void Release(Hold hold) => Go(() => table.Release(hold));

        // Worlds have no strangers that would join.
        public IReadOnlyList<string> ReadMembers(string except) => [];

        public void End(long epoch) => Go(() => table._lasting.Remove(epoch));

        private T Go<T>(Func<T> step)
        {
            var roll = chance.NextDouble();
            if (isCutOff() || roll < share / 2) throw new StoreUnavailableException("The leases cannot be reached.", full: false);
            var answer = step();
            return roll < share ? throw new StoreUnavailableException("The answer was lost.", full: false) : answer;
        }
    }
}
