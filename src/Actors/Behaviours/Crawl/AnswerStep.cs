using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What follows from an outcome. First the pace learns from it (every request counts, P-17+), then the unit is ended with its visit or
/// deferred, or the robots file is learned; what the writer must know goes out with the domain's memory in the same commit.
/// </summary>
internal static class AnswerStep
{
    public static void Take(Deciding t, DomainWork.Fetched fetched)
    {
        // A request of a former life of this entity: its outcome is not ours to judge, and its unit is in the store.
        if (!t.State.InFlight.TryGetValue(fetched.Ticket, out var request)) return;
        var outcome = fetched.Outcome;
        t.Begin(new DomainWork.FlightEnded(request.Job.Id));
        t.Happened(new DomainEvent.RequestEnded(request.Ticket, DomainBehaviour.Past(t, outcome.StartedAt)));
        LearnPace(t, request, outcome);
        if (request.Unit is { } unit) SettleUnit(t, request, unit, outcome);
        else if (request.Again is not null) RefusalStep.Settle(t, request, outcome);
        else SettleRobots(t, request, outcome);
    }

    /// <summary>A visit that cannot be stored as it is ends without what made it unfit; the job must not hang on it.</summary>
    public static void TakeRejection(Deciding t, WriterProtocol.Rejected rejected)
    {
        switch (rejected.Command)
        {
            case WriterProtocol.CloseVisit { Visit: { Details: not null } visit } close:
                t.Write(close with { Visit = Bare(visit.Key, visit.StartedAt, visit.Tries, rejected.Reason), Warm = false });
                break;
            case WriterProtocol.DeferUnit { Unit: { IsVisited: true } unit } defer:
                t.Write(new WriterProtocol.CloseWarm(unit.Key, null, defer.Request, defer.Memory, t.Now));
                break;
            case WriterProtocol.DeferUnit { Unit: { Kind: UnitKind.Sitemap } unit } defer:
                t.Write(SitemapStep.Unread(unit.Key, StatusClass.Unknown, defer.Request.Status, $"Could not be stored: {rejected.Reason}", defer.Request, defer.Memory, t.Now));
                break;
            case WriterProtocol.DeferUnit defer:
                t.Write(new WriterProtocol.CloseVisit(Bare(defer.Unit.Key, defer.Request.StartedAt, defer.Unit.Throttles + defer.Unit.Errors, rejected.Reason), defer.Request, defer.Memory, t.Now));
                break;
            case WriterProtocol.SaveLinks or WriterProtocol.SaveRobots:
                break;
            default:
                throw new InvalidOperationException($"The writer cannot store {rejected.Command.GetType().Name}: {rejected.Reason}");
        }
    }

    private static void LearnPace(Deciding t, InFlight request, FetchOutcome outcome)
    {
        if (request.Job.Asked.Unpaced || t.State.Pace is not { } before || AnswerRule.Judge(outcome, t.Now) is not { } answer) return;
        var after = PaceRule.After(before, answer, t.Now, t.Settings.Pace);
        t.Happened(PaceRule.MustPersist(before, after)
            ? new DomainEvent.Cautioned(after.Remember(t.State.Memory), after)
            : new DomainEvent.PaceMoved(after));
        // Most answers move none of these.
        if (after.Delay == before.Delay && after.Held == before.Held && after.BlockedUntil == before.BlockedUntil) return;
        foreach (var made in PaceWords.Of(before, after, StatusRule.Error(outcome) ?? "a good answer.", t.Now)) t.Note(made);
    }

    private static void SettleUnit(Deciding t, InFlight request, Unit unit, FetchOutcome outcome)
    {
        var url = unit.Url;
        LastGood? otherGood = null;
        foreach (var good in t.State.Good)
        {
            if (otherGood is null && good.Url != url) otherGood = good;
        }
        var sent = SentFor(unit.Key.Job, unit.Key.Page, request.Kind, outcome);
        switch (RetryRule.Judge(unit, outcome, otherGood, t.Now, t.Settings.Retry))
        {
            case Verdict.Again again:
                t.Happened(new DomainEvent.UnitDeferred(unit.Key, again.Unit.DueAt));
                t.Note(new DecisionMade(t.Now, DecisionKind.Deferred, $"Due again in {PaceWords.Span(again.Unit.DueAt - t.Now)}: {again.Why}", url));
                t.Write(new WriterProtocol.DeferUnit(again.Unit, sent!, MemoryOf(t, request.Job), t.Now));
                break;
            case Verdict.Done done:
                if (StatusRule.Kind(outcome) == AnswerKind.Good) t.Happened(new DomainEvent.AnsweredWell(new LastGood(t.Now, url)));
                if (unit.Kind == UnitKind.Sitemap)
                {
                    SitemapStep.Settle(t, request.Job, unit, outcome, done, sent);
                    break;
                }
                if (unit.IsVisited)
                {
                    t.Write(new WriterProtocol.CloseWarm(unit.Key, SeenIn(outcome), sent, MemoryOf(t, request.Job), t.Now));
                    break;
                }
                WriteLinks(t, request.Job, unit, outcome);
                var warms = WarmRule.AsksAgain(request.Job, done.Class, outcome);
                // The store has it open, due now: behind all that was found before.
                if (warms) t.Happened(new DomainEvent.UnitDeferred(unit.Key, t.Now));
                t.Write(new WriterProtocol.CloseVisit(VisitOf(unit, outcome, done), sent, MemoryOf(t, request.Job), t.Now, warms));
                break;
        }
        RefusalStep.Heard(t, request.Job, unit, outcome);
    }

    private static void WriteLinks(Deciding t, JobSpec job, Unit unit, FetchOutcome outcome)
    {
        if (outcome is not FetchOutcome.Answered answer) return;
        IReadOnlyList<FoundUrl> found = answer.Content?.Found ?? [];
        IReadOnlyList<(PageUrl, ExclusionReason)> excluded = answer.Content?.Excluded ?? [];
        if (answer.RedirectTo is { } target)
        {
            // The hop is a unit of its own, under the pace of whom it belongs to; a chain is joined on reading.
            var verdict = ScopeRule.Of(job).Judge(target, unit.Depth);
            if (verdict.Taken) found = [new FoundUrl(target, unit.Depth, unit.Hops + 1, "")];
            else if (verdict.Why is { } why) excluded = [(target, why)];
        }
        var part = 0;
        foreach (var links in found.Chunk(t.Settings.LinksPerPart)) t.Write(new WriterProtocol.SaveLinks(unit.Key, part++, links, [], t.Now));
        foreach (var links in excluded.Chunk(t.Settings.LinksPerPart)) t.Write(new WriterProtocol.SaveLinks(unit.Key, part++, [], links, t.Now));
    }

    private static void SettleRobots(Deciding t, InFlight request, FetchOutcome outcome)
    {
        t.Begin(new DomainWork.HandEmptied(request.Job.Id));
        var sent = SentFor(request.Job.Id, null, RequestKind.Robots, outcome);
        var ask = t.State.RobotsAsks[request.Origin!] with { UnderWay = false };
        RobotsRecord? learned = null;
        if (RetryRule.Judge(ask.Try, outcome, t.State.Good.IsEmpty ? null : t.State.Good[0], t.Now, t.Settings.Retry) is Verdict.Again again)
        {
            t.Happened(new DomainEvent.RobotsAsked(ask with { Try = again.Unit }));
        }
        else
        {
            switch (RobotsRule.After(ask.Origin, outcome, ask.Redirects, t.Now))
            {
                case RobotsVerdict.Follow follow:
                    t.Happened(new DomainEvent.RobotsAsked(ask with { Try = ask.Try with { Url = follow.To, Throttles = 0, Errors = 0, DueAt = t.Now }, Redirects = follow.Hops }));
                    break;
                case RobotsVerdict.Known known:
                    learned = known.Record;
                    break;
                case RobotsVerdict.AskAgain:
                    // It refuses only this file, time after time, while other URLs are answered: what it forbids cannot be known.
                    learned = new RobotsRecord(ask.Origin, StatusOf(outcome), null, false, t.Now, t.Now + RobotsRule.UnreachableLife);
                    break;
            }
        }
        if (learned is not null)
        {
            var rules = RobotsRules.Of(learned);
            t.Happened(new DomainEvent.RobotsLearned(new RobotsKnown(learned, rules)));
            t.Note(DecisionWords.Robots(learned, rules, t.Now));
        }
        t.Write(new WriterProtocol.SaveRobots(t.State.Name, learned, sent, MemoryOf(t, request.Job), t.Now));
    }

    /// <summary>Null when nothing was sent: there is no such host, or its address may not be asked. Such an outcome is never tried again.</summary>
    internal static RequestMade? SentFor(JobId job, PageId? page, RequestKind kind, FetchOutcome outcome) =>
        StatusRule.Kind(outcome) is null ? null : new RequestMade(job, page, kind, outcome.StartedAt, (int)outcome.Took.TotalMilliseconds, StatusOf(outcome));

    private static Visit VisitOf(Unit unit, FetchOutcome outcome, Verdict.Done done)
    {
        var tries = unit.Throttles + unit.Errors + 1;
        var milliseconds = (int)outcome.Took.TotalMilliseconds;
        if (outcome is not FetchOutcome.Answered a)
        {
            return new Visit(unit.Key, done.Class, StatusOf(outcome), outcome.StartedAt, milliseconds, 0, null, null, null, null, false, false, done.Error, tries, null);
        }
        return new Visit(
            unit.Key, done.Class, a.Status, a.StartedAt, milliseconds, a.Bytes, a.ContentType ?? a.Unchanged?.ContentType, a.RedirectTo, a.Content?.Title,
            a.Content?.Canonical, a.Content?.NoIndex ?? false, a.Content?.NoFollow ?? false, done.Error, tries,
            new VisitDetails(a.Headers, a.Phases, a.Content?.OutlinkCount ?? 0, a.Content?.Outlinks ?? []))
        {
            Facts = a.Content?.Facts ?? default,
            Cache = a.Cache,
            Validators = done.Class == StatusClass.Ok ? a.Validators : null,
            NotModified = a.Unchanged is not null,
            SavedBytes = a.Unchanged is { } copy ? Math.Max(0, copy.Bytes - a.Bytes) : 0,
        };
    }

    private static WarmSeen SeenIn(FetchOutcome outcome) =>
        new(outcome is FetchOutcome.Answered answer ? answer.Cache : CacheStatus.Unsaid, StatusOf(outcome), (int)outcome.Took.TotalMilliseconds);

    private static Visit Bare(UnitKey unit, DateTimeOffset startedAt, int tries, string reason) => new(
        unit, StatusClass.Unknown, null, startedAt, 0, 0, null, null, null, null, false, false, $"Could not be stored: {reason}", tries, null);

    public static DomainMemory MemoryOf(Deciding t, JobSpec job) =>
        job.Asked.Unpaced || t.State.Pace is null ? t.State.Memory : t.State.Pace.Remember(t.State.Memory);

    internal static int StatusOf(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Answered a => a.Status,
        FetchOutcome.Failed f => -(int)f.Failure,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
