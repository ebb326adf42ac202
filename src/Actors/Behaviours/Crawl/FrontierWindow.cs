using System.Collections.Immutable;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// The part of a domain's frontier that is in memory. The rule: at most one read of the store is in flight; from its answer everything is
/// dropped that is in hand, that is here already, or that was acknowledged or whose job was dropped after the read began (the read may be
/// older than that commit). Work that was gained after the read began asks for another read.
/// </summary>
public sealed record FrontierWindow
{
    public static FrontierWindow Empty { get; } = new();

    /// <summary>Due units, earliest first.</summary>
    public ImmutableList<Unit> Ready { get; init; } = [];

    public bool Reading { get; init; }

    /// <summary>The store may hold due units that are not here.</summary>
    public bool MoreInStore { get; init; }

    /// <summary>When the first unit that is not due yet will be, as far as is known.</summary>
    public DateTimeOffset? NextDue { get; init; }

    private bool GainedSinceRead { get; init; }
    private ImmutableHashSet<UnitKey> AcknowledgedSinceRead { get; init; } = [];
    private ImmutableHashSet<JobId> DroppedSinceRead { get; init; } = [];

    public FrontierWindow ReadBegun() => this with { Reading = true, GainedSinceRead = false, AcknowledgedSinceRead = [], DroppedSinceRead = [] };

    /// <summary>No answer came; the store is asked again at <paramref name="again"/>.</summary>
    public FrontierWindow ReadFailed(DateTimeOffset again) => this with { Reading = false, MoreInStore = false, NextDue = Earlier(NextDue, again) };

    /// <summary>Takes a read's answer in.</summary>
    /// <param name="limit">How many units were asked for: that many mean there may be more.</param>
    public FrontierWindow ReadEnded(WindowRead read, int limit, Func<UnitKey, bool> inHand)
    {
        var here = Ready.Select(u => u.Key).ToHashSet();
        var fresh = read.Units.Where(u => !inHand(u.Key) && !AcknowledgedSinceRead.Contains(u.Key) && !IsDropped(u.Key.Job) && !here.Contains(u.Key));
        return this with
        {
            Ready = Ready.AddRange(fresh),
            Reading = false,
            MoreInStore = GainedSinceRead || read.Units.Count >= limit,
            NextDue = Earlier(GainedSinceRead ? NextDue : null, read.NextDue),
            AcknowledgedSinceRead = [],
            DroppedSinceRead = [],
        };
    }

    /// <summary>A commit, or somebody's word, says that there may be more.</summary>
    public FrontierWindow Gained() => this with { MoreInStore = true, GainedSinceRead = Reading };

    /// <summary>The unit is ended or deferred, durably.</summary>
    public FrontierWindow Acknowledged(UnitKey unit) => Reading ? this with { AcknowledgedSinceRead = AcknowledgedSinceRead.Add(unit) } : this;

    /// <summary>A deferred unit is in the store and due then.</summary>
    public FrontierWindow DueLater(DateTimeOffset at) => this with { NextDue = Earlier(NextDue, at), GainedSinceRead = Reading };

    /// <summary>At <see cref="NextDue"/> the store holds something that is due.</summary>
    public FrontierWindow At(DateTimeOffset now) => NextDue <= now ? Gained() with { NextDue = null } : this;

    public FrontierWindow Without(Unit unit) => this with { Ready = Ready.Remove(unit) };

    /// <summary>The job has ended. If it was opened again meanwhile, the next read finds its units.</summary>
    public FrontierWindow WithoutJob(JobId job)
    {
        var kept = Ready.RemoveAll(u => u.Key.Job == job);
        var rest = this with { Ready = kept, MoreInStore = MoreInStore || kept.Count < Ready.Count };
        return Reading ? rest with { GainedSinceRead = true, DroppedSinceRead = DroppedSinceRead.Add(job) } : rest;
    }

    /// <summary>The job was dropped after the read began that is under way.</summary>
    public bool IsDropped(JobId job) => DroppedSinceRead.Contains(job);

    /// <summary>Forgets what is only in memory; the store still has all of it.</summary>
    public FrontierWindow Forget() => this with { Ready = [], MoreInStore = MoreInStore || Ready.Count > 0, GainedSinceRead = Reading };

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a < b ? a : b;
}
