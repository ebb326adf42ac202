using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// Keeps one node's lease: renews it, knows from memory whether it lasts, and takes another when it is lost. The renewal may hang; an alarm
/// of its own sees the lease run out meanwhile.
/// </summary>
public sealed class LeasedOwnership : IOwnership
{
    private readonly Lock _gate = new();
    private readonly IScheduler _scheduler;
    private readonly ILeaseTable _table;
    private readonly string _node;
    private readonly LeaseSettings _settings;
    private volatile Lease? _lease;
    private long? _former;
    private readonly HashSet<DomainName> _unsure = [];
    private long _claims;
    private bool _over;
    private IDisposable? _alarm;

    /// <param name="node">Who owns, for people.</param>
    public LeasedOwnership(IScheduler scheduler, ILeaseTable table, string node, LeaseSettings settings)
    {
        if (LeaseSettings.Problems(settings) is { Count: > 0 } problems) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(settings));
        (_scheduler, _table, _node, _settings) = (scheduler, table, node, settings);
    }

    public event Action<long>? Lost;

    /// <summary>Under which claims are made now; null while there is no lease.</summary>
    public long? Epoch => _lease is { } lease && LeaseRule.Holds(lease, _scheduler.Now) ? lease.Epoch : null;

    public void Start() => _scheduler.RunPromptly(Take);

    public bool Holds(long epoch) => _lease is { } lease && lease.Epoch == epoch && LeaseRule.Holds(lease, _scheduler.Now);

    public Claim Claim(DomainName domain)
    {
        if (Epoch is not { } epoch) return new Claim.Wait(_settings.RenewEvery, "This node has no lease yet.");
        // Until its answer is here, nobody knows whether it took the domain from somebody else.
        bool wasUnsure;
        lock (_gate) wasUnsure = !_unsure.Add(domain);
        var wanted = new Hold(domain, epoch, Interlocked.Increment(ref _claims));
        Claim? claim;
        try
        {
            claim = _table.Claim(wanted);
        }
        catch (StoreUnavailableException)
        {
            // If it was granted and nobody claims again, the domain must not stay with a node where nobody asks it.
            ReleaseLater(wanted);
            throw;
        }
        if (claim is null) Lose(epoch);
        if (claim is null || !Holds(epoch)) return new Claim.Wait(_settings.RenewEvery, "This node's lease has ended; it takes another.");
        lock (_gate) _unsure.Remove(domain);
        return claim is Claim.Granted granted ? granted with { Moved = granted.Moved || wasUnsure } : claim;
    }

    public void Release(Hold hold)
    {
        try
        {
            if (Holds(hold.Epoch)) _table.Release(hold);
        }
        catch (StoreUnavailableException)
        {
            // As long as the lease lasts the domain would stay here, where nobody asks it.
            ReleaseLater(hold);
        }
    }

    /// <summary>The node leaves in order, with nothing under way: others need not wait. May wait for the store.</summary>
    public void End()
    {
        Lease? last;
        lock (_gate)
        {
            (_over, last) = (true, _lease);
            _alarm?.Dispose();
            _lease = last is null ? null : last with { Lost = true };
        }
        try
        {
            if (last is not null) _table.End(last.Epoch);
        }
        catch (StoreUnavailableException)
        {
            // Then they wait until it has run out.
        }
    }

    private void ReleaseLater(Hold hold) =>
        _scheduler.RunAt(_scheduler.Now + _settings.RenewEvery, () => _scheduler.RunBlocking(() => Release(hold)));

    private void Take()
    {
        lock (_gate)
        {
            if (_over || _lease is { Lost: false }) return;
        }
        var sentAt = _scheduler.Now;
        try
        {
            var taken = LeaseRule.Taken(_table.Take(_node, _settings.Lasts, _former), sentAt, _settings);
            lock (_gate)
            {
                if (!_over && LeaseRule.Holds(taken, _scheduler.Now)) Keep(taken);
                _former = taken.Epoch;
            }
        }
        catch (StoreUnavailableException)
        {
            // It is asked again below.
        }
        Next(sentAt, Epoch is { } epoch ? () => Renew(epoch) : Take);
    }

    private void Renew(long epoch)
    {
        if (!Holds(epoch)) return;
        var sentAt = _scheduler.Now;
        try
        {
            var renewed = _table.Renew(epoch, _settings.Lasts);
            lock (_gate)
            {
                if (_over || _lease is not { Lost: false } lease || lease.Epoch != epoch) return;
                var answered = LeaseRule.Answered(lease, renewed, sentAt, _scheduler.Now, _settings);
                if (!answered.Lost) Keep(answered);
                else renewed = false;
            }
            if (!renewed) Lose(epoch);
        }
        catch (StoreUnavailableException)
        {
            // As long as the lease lasts it is tried again.
        }
        Next(sentAt, () => Renew(epoch));
    }

    private void Keep(Lease lease)
    {
        _lease = lease;
        _alarm?.Dispose();
        _alarm = _scheduler.RunAt(lease.HeldUntil, () => LookAt(lease.Epoch));
    }

    private void LookAt(long epoch)
    {
        if (_lease is { } lease && lease.Epoch == epoch && LeaseRule.Looked(lease, _scheduler.Now).Lost) Lose(epoch);
    }

    private void Lose(long epoch)
    {
        lock (_gate)
        {
            if (_over || _lease is not { Lost: false } lease || lease.Epoch != epoch) return;
            _alarm?.Dispose();
            _lease = lease with { Lost = true };
        }
        Lost?.Invoke(epoch);
        _scheduler.RunPromptly(Take);
    }

    private void Next(DateTimeOffset sentAt, Action then)
    {
        lock (_gate)
        {
            if (!_over) _scheduler.RunAt(LeaseRule.NextRenewal(sentAt, _settings), () => _scheduler.RunPromptly(then));
        }
    }
}
