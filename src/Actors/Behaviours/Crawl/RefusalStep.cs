using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What a domain does about refusals in a row (P-14+): it asks one URL again before anything else, and tells its jobs when that is refused
/// too. Sitemaps and robots.txt say nothing here: guards let them through. Nor do jobs without a pace, which ask nobody else's sites.
/// </summary>
internal static class RefusalStep
{
    /// <summary>A page was answered.</summary>
    public static void Heard(Deciding t, JobSpec job, Unit unit, FetchOutcome outcome)
    {
        if (job.Asked.Unpaced || unit.Kind != UnitKind.Page) return;
        var next = RefusalRule.After(t.State.Refusals, unit.Url, outcome);
        // Most answers change nothing but which page was good last.
        if (next != t.State.Refusals) t.Happened(new DomainEvent.RefusalsMoved(next));
        if (next.Row.IsEmpty) return;
        var start = job.Asked.Start;
        Follow(t, RefusalRule.Judge(next, MayAsk(t, start) ? start : null, t.Settings.Retry));
    }

    /// <summary>The URL that was asked again was answered, or not.</summary>
    public static void Settle(Deciding t, InFlight request, FetchOutcome outcome)
    {
        t.Begin(new DomainWork.HandEmptied(request.Job.Id));
        if (t.State.Refusals.Check is not null)
        {
            var (next, verdict) = RefusalRule.Checked(t.State.Refusals, outcome, url => MayAsk(t, url), t.Now, t.Settings.Retry);
            t.Happened(new DomainEvent.RefusalsMoved(next));
            Follow(t, verdict);
        }
        // It is no unit's request, but it was sent, and counts (P-17+).
        var sent = AnswerStep.SentFor(request.Job.Id, null, request.Kind, outcome);
        t.Write(new WriterProtocol.SaveRobots(t.State.Name, null, sent, AnswerStep.MemoryOf(t, request.Job), t.Now));
    }

    private static void Follow(Deciding t, RefusalVerdict? verdict)
    {
        switch (verdict)
        {
            case RefusalVerdict.Ask ask:
                t.Happened(new DomainEvent.RefusalsMoved(t.State.Refusals with { Check = new RefusalCheck(ask.Url, t.Now) }));
                break;
            case RefusalVerdict.Blocked blocked:
                t.Happened(new DomainEvent.RefusalsMoved(Refusals.None));
                NextStep.Tell(t, new GiveUpVerdict.GiveUp(blocked.Reason));
                break;
        }
    }

    private static bool MayAsk(Deciding t, PageUrl url) =>
        url.Domain == t.State.Name && t.State.Robots.TryGetValue(url.Origin, out var known) && known.Record.Reachable && known.Rules.Allows(url.PathAndQuery);
}
