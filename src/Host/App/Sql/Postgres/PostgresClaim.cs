using Amble.Behaviours.Ports;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// One claim in one transaction. The domain is locked; then the former owner's lease, and only if it has run out it is ended and the domain
/// taken: a renewal that was under way is waited for by that. The claimer's own lease is looked at and not locked, which would hold up its
/// renewal: a claim that outlives it leaves a domain owned under an ended lease, which is free to all.
/// </summary>
internal static class PostgresClaim
{
    private const string LookAtMine = "SELECT 1 FROM node_leases WHERE epoch = $1 AND NOT ended AND ends_at > clock_timestamp()";

    private const string TakeNew = "INSERT INTO owners (domain, epoch, claim, released) VALUES ($1, $2, $3, false) ON CONFLICT (domain) DO NOTHING";

    private const string LockDomain = "SELECT epoch, released FROM owners WHERE domain = $1 FOR UPDATE";

    private const string EndFormer = "UPDATE node_leases SET ended = true WHERE epoch = $1 AND (ended OR ends_at <= clock_timestamp())";

    private const string LookAtFormer = "SELECT node, greatest(ends_at - clock_timestamp(), interval '0') FROM node_leases WHERE epoch = $1";

    private const string TakeOver = "UPDATE owners SET epoch = $2, claim = $3, released = false WHERE domain = $1";

    // A little after the lease's end, and soon enough to see that a domain was given back.
    private static readonly TimeSpan _least = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _most = TimeSpan.FromSeconds(1);

    /// <returns>Null when the claimer's own lease has ended.</returns>
    public static Claim? Make(PatientConnection connection, Hold wanted) => connection.Together<Claim?>(() =>
    {
        if (connection.Ask(LookAtMine, wanted.Epoch) is null) return (null, false);
        if (connection.Change(TakeNew, wanted.Domain.Value, wanted.Epoch, wanted.Number) == 1) return (new Claim.Granted(wanted, Moved: false), true);
        var row = connection.Row(LockDomain, wanted.Domain.Value)!;
        var (former, released) = ((long)row[0], (bool)row[1]);
        if (former != wanted.Epoch && !released && connection.Change(EndFormer, former) == 0
            && connection.Row(LookAtFormer, former) is { } lease)
        {
            return (new Claim.Wait(Between((TimeSpan)lease[1] + _least), $"It was given to {lease[0]}, whose lease has not ended yet."), false);
        }
        connection.Change(TakeOver, wanted.Domain.Value, wanted.Epoch, wanted.Number);
        return (new Claim.Granted(wanted, Moved: former != wanted.Epoch), true);
    });

    private static TimeSpan Between(TimeSpan wait) => wait < _most ? wait : _most;
}
