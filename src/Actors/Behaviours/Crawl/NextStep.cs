using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What a domain does next, judged after every message. It keeps its window filled; ends what needs no request; begins the first due unit
/// when a whole delay has passed since the last request left, none is about to leave, fewer than its slots are in flight and the job has a
/// permit; otherwise it waits for the earliest instant that changes anything, or goes to sleep when that is far away.
/// </summary>
internal static class NextStep
{
    // A permit that comes sooner is no wait that anybody would look for.
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(1);

    public static void Proceed(Deciding t)
    {
        if (t.State.Phase != DomainPhase.Awake) return;
        if (t.State.Window.NextDue <= t.Now) t.Happened(new DomainEvent.DueCame(t.Now));
        Refill(t);
        GiveUpWhenBarren(t);
        DateTimeOffset? wait = null;
        if (Candidates.Next(t, null, ref wait) is { } next)
        {
            if (next.Job.Asked.Unpaced) AskPermits(t, next.Job);
            else if (PaceGate.Open(t, ref wait)) AskPermit(t, next.Job);
        }
        Rest(t, wait);
    }

    /// <summary>A permit came: it is used at once, or given back when the moment has passed.</summary>
    public static void UsePermit(Deciding t, JobId job)
    {
        var askedAt = t.State.PermitAskedAt;
        t.Happened(new DomainEvent.PermitAnswered(job));
        DateTimeOffset? wait = null;
        if (t.State.Phase == DomainPhase.Awake && Candidates.Next(t, job, ref wait) is { } next && (next.Job.Asked.Unpaced || PaceGate.Open(t, ref wait)))
        {
            if (t.Now - askedAt is { } waited && waited >= LongWait) t.Note(DecisionWords.PermitWaited(waited, next.Unit?.Url, t.Now));
            BeginRequest(t, next);
            return;
        }
        t.Begin(new DomainWork.FlightEnded(job));
        t.Begin(new DomainWork.HandEmptied(job));
    }

    private static void AskPermits(Deciding t, JobSpec job)
    {
        var wanted = Math.Min(Math.Min(t.State.Window.Ready.Count, job.Asked.Concurrency), t.Settings.PermitsAtOnce);
        for (var asked = t.State.PermitsAsked.GetValueOrDefault(job.Id); asked < wanted; asked++) AskPermit(t, job);
    }

    private static void AskPermit(Deciding t, JobSpec job)
    {
        t.Happened(new DomainEvent.PermitAsked(job.Id, t.Now));
        t.Begin(new DomainWork.AskPermit(job.Id, job.Asked.Concurrency));
    }

    private static void BeginRequest(Deciding t, Candidate next)
    {
        var paced = !next.Job.Asked.Unpaced;
        if (paced && !t.State.Memory.Awake)
        {
            // Durable before the first request: whoever takes over after a crash knows that one may have left unseen.
            t.Happened(new DomainEvent.Cautioned(t.State.Pace!.Remember(t.State.Memory) with { Awake = true }, t.State.Pace));
        }
        var ticket = t.State.NextTicket;
        var unit = next.Unit;
        var url = next.Again ?? unit?.Url ?? next.Ask!.Try.Url;
        var kind = next.Again is not null ? RequestKind.Retry : unit is null ? RequestKind.Robots : KindOf(unit);
        var request = new InFlight(ticket, next.Job, unit, next.Ask?.Origin, kind, t.Now, next.Again);
        t.Happened(new DomainEvent.RequestBegan(request, paced, Jitter.Roll(t.State.Name, ticket + t.Now.Ticks)));
        t.Begin(new DomainWork.Fetch(
            ticket, new FetchRequest(url, kind, next.Job, unit?.Depth ?? 0, unit?.Hops ?? 0) { IsCheck = next.Again is not null }, paced, kind == RequestKind.Sitemap ? unit!.Key : null, CopyFor(next)));
    }

    private static RequestKind KindOf(Unit unit) =>
        unit.Kind == UnitKind.Sitemap ? RequestKind.Sitemap
        : unit.IsVisited ? RequestKind.Warm
        : unit.Throttles + unit.Errors > 0 ? RequestKind.Retry
        : unit.Hops > 0 ? RequestKind.Hop
        : RequestKind.Page;

    // A warm job wants the page to pass through the caches, as it would for a reader.
    private static PageId? CopyFor(Candidate next) =>
        next.Unit is { HasCopy: true, IsVisited: false, Kind: UnitKind.Page } unit && !next.Job.Asked.Warm ? unit.Key.Page : null;

    private static void Refill(Deciding t)
    {
        var window = t.State.Window;
        if (window.Reading || !window.MoreInStore || window.Ready.Count > t.Settings.Window / 4) return;
        // The answer begins with what is in hand and here already, so there must be room for that and a window more.
        var limit = t.Settings.Window + window.Ready.Count + t.State.InHand.Count + t.State.Closing.Count;
        t.Happened(new DomainEvent.WindowAsked());
        t.Begin(new DomainWork.LoadWindow(t.State.Name, limit));
    }

    private static void GiveUpWhenBarren(Deciding t)
    {
        if (t.State.Pace is not { } pace || !HasWork(t.State)) return;
        var verdict = GiveUpRule.Judge(pace, t.Settings.Pace, t.Now);
        if (verdict is null) return;
        // Who was told to stay away is not refused meanwhile: when the job resumes, it asks before it can give up (P-13+).
        if (verdict is GiveUpVerdict.Park && pace.BarrenSince is not null) t.Happened(new DomainEvent.PaceMoved(PaceRule.AtRest(pace)));
        Tell(t, verdict);
    }

    /// <summary>All jobs that have not been told yet; one without a pace needs no site's consent.</summary>
    public static void Tell(Deciding t, GiveUpVerdict verdict)
    {
        foreach (var job in t.State.Jobs.Values)
        {
            if (job.Asked.Unpaced || t.State.Told.Contains(job.Id)) continue;
            t.Happened(new DomainEvent.JobTold(job.Id, verdict is GiveUpVerdict.GiveUp));
            t.Note(DecisionWords.Told(verdict, job.Id, t.Now));
            t.Tell(verdict switch
            {
                GiveUpVerdict.GiveUp v => new JobProtocol.GiveUp(job.Id, t.State.Name, v.Reason),
                GiveUpVerdict.Park v => new JobProtocol.Park(job.Id, t.State.Name, v.Until, v.Reason),
                _ => throw new InvalidOperationException($"No answer to {verdict}."),
            });
        }
    }

    private static bool HasWork(DomainState s) => s.Window.Ready.Count > 0 || s.InHand.Count > 0 || s.RobotsAsks.Count > 0 || s.Window.NextDue is not null;

    private static void Rest(Deciding t, DateTimeOffset? wait)
    {
        var s = t.State;
        var due = s.Window.Ready.Count == 0 ? s.Window.NextDue : null;
        var next = Earlier(wait, due);
        var busy = s.InFlight.Count > 0 || s.InHand.Count > 0 || s.Closing.Count > 0 || s.PermitsAsked.Count > 0 || s.Window.Reading || s.Window.MoreInStore && s.Window.Ready.Count == 0;
        // Its own delay, however long, is no idleness: sleep would forget the good answers in a row (P-5). A longer block is.
        if (s.Window.Ready.Count > 0 && PaceGate.SpacedUntil(s, t.Settings.Pace) is { } spaced && spaced > t.Now && !(s.Pace?.BlockedUntil > spaced))
        {
            busy = true;
            next = Earlier(next, spaced);
        }
        // Sleep would call the end of the former life a clean one, and the next life would not rest.
        if (s.RestUntil > t.Now)
        {
            busy = true;
            next = Earlier(next, s.RestUntil);
        }
        if (!busy && s.Pace is { } pace && HasWork(s) && GiveUpRule.AskAgainAt(pace, t.Settings.Pace) is { } giveUp && giveUp > t.Now) next = Earlier(next, giveUp);
        var waitsForRobots = s.RobotsAsks.Count > 0 && next - t.Now <= t.Settings.SleepBeyond;
        if (!busy && !waitsForRobots && (next is null || next - t.Now > t.Settings.SleepBeyond))
        {
            var memory = s.Memory.Awake ? s.Pace!.Remember(s.Memory) with { Awake = false } : s.Memory;
            // Without work there is nothing to be refused: the time without a good answer begins anew with the next job.
            if (!HasWork(s)) memory = memory with { BarrenSince = null };
            t.Happened(new DomainEvent.DozingBegan(memory));
            t.Write(new WriterProtocol.SaveMemory(memory, t.Now));
            return;
        }
        if (next is { } instant) t.WakeAt(instant);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a < b ? a : b;
}
