using System.Collections.Immutable;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>What each event makes of the state; nothing is decided here.</summary>
internal static class DomainTransitions
{
    public static DomainState Apply(DomainState s, DomainEvent happened, CrawlSettings settings) => happened switch
    {
        DomainEvent.LoadingBegan => s with { Phase = DomainPhase.Loading },
        DomainEvent.LoadingFailed => s with { Phase = DomainPhase.Asleep },
        DomainEvent.Loaded e => Load(s, e, settings),
        DomainEvent.Recalled e => s with { Journal = e.Journal },
        // Played back before the first message: what it knew is kept for the load, and nobody is awake.
        DomainEvent.Cautioned e when s.Phase == DomainPhase.Asleep => s with { Journal = e.Memory },
        DomainEvent.Cautioned e => s with { Memory = e.Memory, Pace = e.Pace },
        DomainEvent.PaceMoved e => s with { Pace = e.Pace },
        DomainEvent.WindowAsked => s with { Window = s.Window.ReadBegun() },
        DomainEvent.WindowCame e => TakeWindow(s, e, settings),
        DomainEvent.WindowFailed e => s with { Window = s.Window.ReadFailed(e.Again) },
        DomainEvent.DueCame e => s with { Window = s.Window.At(e.Now) },
        DomainEvent.WorkGained => s with { Window = s.Window.Gained() },
        DomainEvent.PermitAsked e => s with
        {
            PermitsAsked = s.PermitsAsked.SetItem(e.Job, s.PermitsAsked.GetValueOrDefault(e.Job) + 1),
            PermitAskedAt = s.PermitAskedAt ?? e.At,
        },
        DomainEvent.PermitAnswered e => s with { PermitsAsked = Less(s.PermitsAsked, e.Job), PermitAskedAt = null },
        DomainEvent.RequestBegan e => Begin(s, e, settings),
        DomainEvent.RequestLeft e => s with { Departing = s.Departing == e.Ticket ? null : s.Departing, Memory = Started(s.Memory, e.At) },
        DomainEvent.RequestEnded e => s with
        {
            InFlight = s.InFlight.Remove(e.Ticket),
            Departing = s.Departing == e.Ticket ? null : s.Departing,
            Memory = Started(s.Memory, e.StartedAt),
        },
        DomainEvent.AnsweredWell e => s with { Good = Remember(s.Good, e.Good) },
        DomainEvent.UnitDeferred e => s with { InHand = s.InHand.SetItem(e.Unit, e.DueAt) },
        DomainEvent.UnitSettled e => s with { InHand = s.InHand.Remove(e.Unit), Window = Settled(s, e.Unit) },
        DomainEvent.ClosingBegan e => s with
        {
            Closing = s.Closing.Union(e.Units.Select(u => u.Key)),
            Window = s.Window with { Ready = s.Window.Ready.RemoveRange(e.Units) },
        },
        DomainEvent.ClosingEnded e => EndClosing(s, e),
        DomainEvent.RobotsAsked e => s with { RobotsAsks = s.RobotsAsks.SetItem(e.Ask.Origin, e.Ask) },
        DomainEvent.RobotsLearned e => s with
        {
            Robots = s.Robots.SetItem(e.Known.Record.Origin, e.Known),
            RobotsAsks = s.RobotsAsks.Remove(e.Known.Record.Origin),
        },
        DomainEvent.RefusalsMoved e => s with { Refusals = e.Refusals },
        DomainEvent.JobTold e => s with { Told = s.Told.Add(e.Job), Ending = e.Ends ? s.Ending.Add(e.Job) : s.Ending },
        DomainEvent.JobFilled e => s with { Full = s.Full.Add(e.Job) },
        DomainEvent.JobDropped e => s with
        {
            Jobs = s.Jobs.Remove(e.Job),
            Told = s.Told.Remove(e.Job),
            Ending = s.Ending.Remove(e.Job),
            Full = s.Full.Remove(e.Job),
            Window = s.Window.WithoutJob(e.Job),
        },
        DomainEvent.Noted e => s with { Decisions = s.Decisions.Add(e.Made) },
        DomainEvent.DozingBegan e => s with { Phase = DomainPhase.DozingOff, Memory = e.Memory, Window = s.Window.Forget() },
        DomainEvent.Roused => s with { Roused = true },
        // What was learned stays for the next job on a live domain; the window and the jobs are read anew.
        DomainEvent.DozingEnded => s.Roused
            ? s with { Phase = DomainPhase.Awake, Roused = false, Window = s.Window.Gained() }
            : new DomainState(s.Name),
        _ => throw new InvalidOperationException($"No transition for {happened.GetType().Name}."),
    };

    private static DomainState Load(DomainState s, DomainEvent.Loaded e, CrawlSettings settings)
    {
        var memory = s.Journal is { } journal ? SlowerRule.Of(journal, e.Read.Memory, settings.Pace) : e.Read.Memory;
        var next = s with
        {
            Phase = DomainPhase.Awake,
            Memory = memory,
            Journal = null,
            Pace = Pace.Recover(memory, settings.Pace, e.At),
            Robots = e.Read.Robots.ToImmutableDictionary(r => r.Origin, r => new RobotsKnown(r, RobotsRules.Of(r))),
            Window = FrontierWindow.Empty.Gained(),
        };
        if (e.Moved && memory.LastStartAt is not null) return Moved(next, e.At);
        // After a clean rest the last start is known exactly; otherwise one more may have left unseen just before the end.
        return memory.Awake ? next with { RestUntil = e.At + next.EffectiveDelay } : next;
    }

    // The former owner may have asked until its lease ended, which was just now at the latest, and its clock is not ours: that counts as the
    // last start. It is durable before the first request, and later than all that the former owner still has under way to the store.
    private static DomainState Moved(DomainState s, DateTimeOffset at)
    {
        var memory = Started(s.Memory, at) with { Awake = false };
        return s with { Memory = memory, RestUntil = memory.LastStartAt + s.EffectiveDelay };
    }

    private static DomainState TakeWindow(DomainState s, DomainEvent.WindowCame e, CrawlSettings settings)
    {
        var pace = s.Pace;
        var jobs = s.Jobs;
        foreach (var job in e.Read.Jobs)
        {
            if (jobs.ContainsKey(job.Id) || s.Window.IsDropped(job.Id)) continue;
            jobs = jobs.Add(job.Id, job);
            // P-2: a job that joins a live domain starts from the floor, never with the first-wave burst.
            if (pace is not null && !job.Asked.Unpaced) pace = PaceRule.AtJobStart(pace, settings.Pace) with { BarrenSince = pace.BarrenSince };
        }
        return s with { Pace = pace, Jobs = jobs, Window = s.Window.ReadEnded(e.Read, e.Limit, key => s.InHand.ContainsKey(key) || s.Closing.Contains(key)) };
    }

    private static DomainState Begin(DomainState s, DomainEvent.RequestBegan e, CrawlSettings settings)
    {
        var request = e.Request;
        var next = s with
        {
            NextTicket = s.NextTicket + 1,
            InFlight = s.InFlight.Add(request.Ticket, request),
            Departing = e.Paced ? request.Ticket : s.Departing,
            Roll = e.Roll,
            SpacedUntil = PaceGate.SpacedUntil(s, settings.Pace),
            Memory = Started(s.Memory, request.BegunAt),
            Decisions = s.Decisions.Add(DecisionWords.Asked(request)),
        };
        if (request.Unit is { } unit) return next with { InHand = next.InHand.SetItem(unit.Key, null), Window = next.Window.Without(unit) };
        if (request.Again is not null) return next with { Refusals = next.Refusals with { Check = next.Refusals.Check! with { UnderWay = true } } };
        var ask = next.RobotsAsks[request.Origin!];
        return next with { RobotsAsks = next.RobotsAsks.SetItem(ask.Origin, ask with { UnderWay = true }) };
    }

    private static FrontierWindow Settled(DomainState s, UnitKey unit)
    {
        var next = s.Window.Acknowledged(unit);
        return s.InHand.GetValueOrDefault(unit) is { } due ? next.DueLater(due) : next;
    }

    private static DomainState EndClosing(DomainState s, DomainEvent.ClosingEnded e)
    {
        var window = s.Window;
        foreach (var page in e.Pages) window = window.Acknowledged(new UnitKey(e.Job, page));
        return s with { Closing = s.Closing.Except(e.Pages.Select(p => new UnitKey(e.Job, p))), Window = window };
    }

    private static DomainMemory Started(DomainMemory memory, DateTimeOffset at) =>
        memory.LastStartAt is { } last && last >= at ? memory : memory with { LastStartAt = at };

    private static ImmutableArray<LastGood> Remember(ImmutableArray<LastGood> good, LastGood newest) =>
        good.IsEmpty ? [newest] : good[0].Url == newest.Url ? good.SetItem(0, newest) : [newest, good[0]];

    private static ImmutableDictionary<JobId, int> Less(ImmutableDictionary<JobId, int> asked, JobId job) =>
        asked.GetValueOrDefault(job) > 1 ? asked.SetItem(job, asked[job] - 1) : asked.Remove(job);
}
