using System.Collections.Immutable;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>What could be asked next: a unit, or what must come before it: the robots file, or a URL that is asked again.</summary>
internal sealed record Candidate(JobSpec Job, Unit? Unit, RobotsAsk? Ask, PageUrl? Again = null);

/// <summary>
/// Finds the first due unit that may be asked. Units on the way to it that need no request are ended there and then; units whose origin's
/// robots.txt is under way are passed over. While it must be learned whom the site refuses, nothing else is asked under a pace (P-14+).
/// </summary>
internal static class Candidates
{
    /// <param name="only">Keeps to one job; null takes any that has no permit on its way.</param>
    /// <param name="wait">Set to the earliest instant at which a robots file may be asked for again.</param>
    public static Candidate? Next(Deciding t, JobId? only, ref DateTimeOffset? wait)
    {
        var closing = ImmutableArray.CreateBuilder<(Unit Unit, Admission.Close Close)>();
        Candidate? found = null;
        foreach (var unit in t.State.Window.Ready)
        {
            if (!t.State.Jobs.TryGetValue(unit.Key.Job, out var job) || t.State.Ending.Contains(job.Id)) continue;
            if (only is { } wanted ? unit.Key.Job != wanted : !job.Asked.Unpaced && t.State.PermitsAsked.ContainsKey(job.Id)) continue;
            if (t.State.Refusals.Check is { } check && !job.Asked.Unpaced)
            {
                found = AgainFirst(t, job, check, ref wait);
                if (found is not null) break;
                continue;
            }
            switch (Admission.Judge(t.State, unit, t.Now))
            {
                case Admission.Close close: closing.Add((unit, close)); break;
                case Admission.Unreachable gone: CloseUnreachable(t, job, unit, gone.Failure); break;
                case Admission.Ask: found = new Candidate(job, unit, null); break;
                case Admission.RobotsFirst first: found = RobotsOf(t, job, unit, first.Origin, ref wait); break;
            }
            if (found is not null) break;
        }
        EndAll(t, closing);
        return found;
    }

    private static Candidate? AgainFirst(Deciding t, JobSpec job, RefusalCheck check, ref DateTimeOffset? wait)
    {
        if (check.UnderWay) return null;
        if (check.DueAt <= t.Now) return new Candidate(job, null, null, check.Url);
        if (wait is null || check.DueAt < wait) wait = check.DueAt;
        return null;
    }

    private static Candidate? RobotsOf(Deciding t, JobSpec job, Unit unit, string origin, ref DateTimeOffset? wait)
    {
        if (!t.State.RobotsAsks.TryGetValue(origin, out var ask))
        {
            var robots = unit.Url.Robots;
            ask = new RobotsAsk(origin, new Unit(new UnitKey(job.Id, default), UnitKind.Robots, robots, 0, 0, 0, 0, t.Now, null), 0, false);
            t.Happened(new DomainEvent.RobotsAsked(ask));
        }
        if (ask.UnderWay) return null;
        if (ask.Try.DueAt <= t.Now) return new Candidate(job, null, ask);
        if (wait is null || ask.Try.DueAt < wait) wait = ask.Try.DueAt;
        return null;
    }

    private static void EndAll(Deciding t, ImmutableArray<(Unit Unit, Admission.Close Close)>.Builder closing)
    {
        foreach (var group in closing.GroupBy(c => (c.Unit.Key.Job, c.Close.Why)))
        {
            foreach (var batch in group.Chunk(t.Settings.ClosePerBatch))
            {
                var units = batch.Select(c => c.Unit).ToImmutableArray();
                t.Happened(new DomainEvent.ClosingBegan(group.Key.Job, units));
                if (group.Key.Why is { } why) t.Note(DecisionWords.KeptOut(units.Length, units[0], why, t.Now));
                foreach (var robots in units.Where(u => u.Kind == UnitKind.Robots)) SitemapStep.Open(t, robots);
                t.Write(new WriterProtocol.CloseUnits(group.Key.Job, units.Select(u => u.Key.Page).ToArray(), group.Key.Why, t.Now));
            }
        }
    }

    private static void CloseUnreachable(Deciding t, JobSpec job, Unit unit, FetchFailure failure)
    {
        var words = FailureWords.Of(failure, unit.Url);
        var status = StatusRule.Class(new FetchOutcome.Failed(t.Now, TimeSpan.Zero, default, failure, words));
        t.Happened(new DomainEvent.ClosingBegan(job.Id, [unit]));
        t.Note(new DecisionMade(t.Now, DecisionKind.KeptOut, $"It ends without a request: {words}", unit.Url));
        if (unit.Kind == UnitKind.Sitemap)
        {
            t.Write(SitemapStep.Unread(unit.Key, status, -(int)failure, words, null, AnswerStep.MemoryOf(t, job), t.Now));
            return;
        }
        if (unit.IsVisited)
        {
            t.Write(new WriterProtocol.CloseWarm(unit.Key, null, null, AnswerStep.MemoryOf(t, job), t.Now));
            return;
        }
        var visit = new Visit(unit.Key, status, -(int)failure, t.Now, 0, 0, null, null, null, null, false, false, words, 0, null);
        t.Write(new WriterProtocol.CloseVisit(visit, null, AnswerStep.MemoryOf(t, job), t.Now));
    }
}
