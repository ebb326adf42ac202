using Amble.App.Sql.Postgres;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>
/// The domains that this turn speaks of, and the rule of their wake-up. A domain that goes to sleep is woken when its first open unit is
/// due and its block has ended; never when it has no open unit. A domain that gains work is woken no later than that work may be asked.
/// A domain that is awake keeps a wake-up, so that it is found after a crash, and it moves to the back of the queue every ten seconds,
/// so that those whose process died come before those that are well.
/// </summary>
internal sealed class DomainRows(Database database)
{
    private const long BackOfTheQueueMilliseconds = 10_000;

    private const string Select = "SELECT id, blocked_until, wake_at, last_start_at FROM domains WHERE name = ?";
    private const string SelectAll = "SELECT id, blocked_until, wake_at, last_start_at, name FROM domains WHERE name = ANY($1)";
    private const string Insert = "INSERT INTO domains (name) VALUES (?)";
    private const string FirstDue = "SELECT min(due_at) FROM frontier WHERE domain_id = ? AND state = 0";
    private const string UpdateWake = "UPDATE domains SET wake_at = ? WHERE id = ?";

    private const string Update =
        """
        UPDATE domains SET delay_us = ?, held_us = ?, refused_us = ?, probe_wait_us = ?, blocked_until = ?, block_reason = ?, block_step_us = ?,
               last_start_at = ?, last_good_at = ?, barren_since = ?, awake = ?, wake_at = ?
        WHERE id = ?
        """;

    private const string UpdateAsleep =
        """
        UPDATE domains SET wake_at = (SELECT CASE WHEN domains.blocked_until > min(f.due_at) THEN domains.blocked_until ELSE min(f.due_at) END
                                      FROM frontier f WHERE f.domain_id = domains.id AND f.state = 0)
        WHERE id = ? AND awake = 0
        """;

    private readonly Dictionary<DomainName, DomainRow> _rows = [];
    private readonly HashSet<long> _poorer = [];

    /// <summary>Its row; made when it is not known.</summary>
    public DomainRow Of(DomainName name)
    {
        if (_rows.TryGetValue(name, out var known)) return known;
        var found = database[Select].Bind(name.Value);
        DomainRow row;
        if (found.Step())
        {
            row = new DomainRow(found.Integer(0), name, found.MaybeInteger(1), found.MaybeInteger(2), found.MaybeInteger(3));
            found.End();
        }
        else
        {
            row = new DomainRow(database[Insert].Bind(name.Value).RunForId()!.Value, name, null, null, null);
        }
        _rows.Add(name, row);
        return row;
    }

    /// <summary>Asks for these at once; what is given back takes the answer.</summary>
    public Action Prepare(PostgresDatabase postgres, IReadOnlyCollection<DomainName> names)
    {
        var found = postgres.At(SelectAll).BindAll([.. names.Select(name => name.Value)]);
        found.Ahead();
        return () =>
        {
            while (found.Step())
            {
                var name = DomainName.FromStored(found.Text(4));
                _rows.Add(name, new DomainRow(found.Integer(0), name, found.MaybeInteger(1), found.MaybeInteger(2), found.MaybeInteger(3)));
            }
        };
    }

    /// <summary>Open units of this domain were ended by somebody else: if it sleeps, it must not be woken for nothing.</summary>
    public void Lose(long id) => _poorer.Add(id);

    public void Flush()
    {
        foreach (var row in _rows.Values)
        {
            if (row.Memory is { } memory) Write(row, memory);
            else if (row.GainedDueAt is { } due) WriteWake(row, due);
            row.Written();
        }
        if (_poorer.Count == 0) return;
        foreach (var id in _poorer) database[UpdateAsleep].Bind(id).Put();
        // Their rows in memory no longer say when they wake.
        Forget();
    }

    public void Forget()
    {
        _rows.Clear();
        _poorer.Clear();
    }

    private void Write(DomainRow row, DomainMemory memory)
    {
        row.WakeAt = memory.Awake ? WakeWhileAwake(row) : WakeFromSleep(row);
        database[Update]
            .Bind(StoredTime.Microseconds(memory.Delay)).Bind(StoredTime.Microseconds(memory.Held)).Bind(StoredTime.Microseconds(memory.Refused))
            .Bind(StoredTime.Microseconds(memory.ProbeWait)).Bind(row.BlockedUntil).Bind(memory.BlockReason)
            .Bind(StoredTime.Microseconds(memory.BlockStep)).Bind(StoredTime.Milliseconds(memory.LastStartAt))
            .Bind(StoredTime.Milliseconds(memory.LastGoodAt)).Bind(StoredTime.Milliseconds(memory.BarrenSince))
            .Bind(memory.Awake).Bind(row.WakeAt).Bind(row.Id).Put();
    }

    private void WriteWake(DomainRow row, long due)
    {
        var wake = Sooner(row.WakeAt, AfterBlock(row, due));
        if (wake == row.WakeAt) return;
        row.WakeAt = wake;
        database[UpdateWake].Bind(wake).Bind(row.Id).Put();
    }

    private long? WakeFromSleep(DomainRow row) =>
        database[FirstDue].Bind(row.Id).Single() is { } due ? AfterBlock(row, due) : null;

    private static long WakeWhileAwake(DomainRow row)
    {
        var now = StoredTime.Milliseconds(row.RememberedAt);
        return row.WakeAt is { } wake && wake > now - BackOfTheQueueMilliseconds ? Math.Min(wake, now) : now;
    }

    private static long AfterBlock(DomainRow row, long due) => Math.Max(due, row.BlockedUntil ?? due);

    private static long Sooner(long? wake, long other) => wake is { } some ? Math.Min(some, other) : other;
}
