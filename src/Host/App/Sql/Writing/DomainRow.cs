using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>
/// A domain's row as it is in this turn: the last memory wins, and the wake-up is reckoned once before the commit. A life's last start never
/// goes back, so a memory with an earlier one than is stored is of a former owner, heard late (S-5): the domain's present one knows better.
/// </summary>
internal sealed class DomainRow(long id, DomainName name, long? blockedUntil, long? wakeAt, long? lastStartAt)
{
    public long Id { get; } = id;
    public DomainName Name { get; } = name;
    public long? BlockedUntil { get; private set; } = blockedUntil;
    public long? WakeAt { get; set; } = wakeAt;
    public long? LastStartAt { get; private set; } = lastStartAt;

    /// <summary>What is to be stored; null when nothing new was said.</summary>
    public DomainMemory? Memory { get; private set; }

    public DateTimeOffset RememberedAt { get; private set; }

    /// <summary>When the first of its new units is due; null when it gained none.</summary>
    public long? GainedDueAt { get; private set; }

    public void Remember(DomainMemory memory, DateTimeOffset at)
    {
        var lastStartAt = StoredTime.Milliseconds(memory.LastStartAt);
        if (LastStartAt is { } known && !(lastStartAt >= known)) return;
        LastStartAt = lastStartAt;
        Memory = memory;
        RememberedAt = at;
        BlockedUntil = StoredTime.Milliseconds(memory.BlockedUntil);
    }

    public void Gain(long dueAt) => GainedDueAt = GainedDueAt is { } first ? Math.Min(first, dueAt) : dueAt;

    public void Written()
    {
        Memory = null;
        GainedDueAt = null;
    }
}
