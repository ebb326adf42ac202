using System.Globalization;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Inspection;

// Why a URL is not fetched yet, by the first of these that holds.
// No job has met it. The job kept it out, by which rule. It has ended, as what and when. Its job does not run. It is in hand. It is not due.
// No node runs. Whoever owns its domain does not answer, or the domain is asleep. The domain is blocked, rests, or reads robots.txt first.
// It is not in the domain's window yet. Its job has no permit left. All slots are in use. The pace lets one through at a time.

/// <summary>The rule above, one sentence each.</summary>
internal static class WhyRule
{
    public static string NotKnown(PageUrl url) =>
        $"{url.Text} is not known: none of the newest thousand jobs has met a link to it or a sitemap that lists it. Links to other sites are not followed.";

    public static string Of(MetUrl met, JobLimits limits, Heard heard, DateTimeOffset now) => met switch
    {
        { Lot: UnitLot.KeptOut } => $"it is kept out: {KeptOutRule.Of(met.Why, limits)}",
        { Lot: UnitLot.Ended } => Ended(met),
        { Job: JobState.Parked } => $"it is open, and its job is parked{(met.ResumeAt is { } at ? $" until {Instant(at)}" : "")}{Because(met.JobReason)}.",
        { Job: JobState.Finishing } => $"it is open, but its job is ending{Because(met.JobReason)}: it will not be asked any more.",
        { Job: not JobState.Running } => $"it was never asked: its job has ended as {Cell.Word(met.Job)}{Because(met.JobReason)}.",
        _ when heard is Heard.Told { Standing.Place: DomainProtocol.UnitPlace.InFlight } => "it is in hand: its request is under way.",
        _ when heard is Heard.Told { Standing.Place: DomainProtocol.UnitPlace.Saving } => "it is in hand: what came of it is being stored.",
        _ when met.DueAt > now => $"it is open and not due before {Instant(met.DueAt)}, in {Span(met.DueAt - now)}{Tried(met.Tries)}.",
        _ => (met.IsWarm ? "it was visited, and is due for a second visit; " : "it is due; ") + Waiting(heard, now),
    };

    private static string Waiting(Heard heard, DateTimeOffset now) => heard switch
    {
        Heard.NoNode { Stored: var stored } => $"no node runs on this store, so nobody asks for it: `amble serve`, or the same `amble crawl` again, goes on{(Block(stored, now) is { } block ? $", but {block}" : ".")}",
        Heard.Nothing => $"whoever owns its domain did not answer within {IInspection.Deadline.TotalSeconds:0} s, so what it waits for is not known.",
        Heard.Asleep { Stored: var stored } => Block(stored, now) ?? "its domain is asleep, and is woken within a second or two.",
        Heard.Told { Standing: var standing } => Waiting(standing, now),
        _ => throw new ArgumentOutOfRangeException(nameof(heard)),
    };

    /// <summary>Null when the domain that sleeps may be asked.</summary>
    private static string? Block(DomainMemory? stored, DateTimeOffset now) =>
        stored is { BlockedUntil: { } until } && until > now ? Blocked(until, stored.BlockReason, now) : null;

    private static string Blocked(DateTimeOffset until, string? reason, DateTimeOffset now) => $"its domain is blocked until {Instant(until)}, in {Span(until - now)}{(reason is null ? "" : $": {reason.TrimEnd('.')}")}.";

    private static string Waiting(DomainProtocol.Standing s, DateTimeOffset now)
    {
        if (s.Status.BlockedUntil is { } until) return Blocked(until, s.Status.BlockReason, now);
        if (s.RestUntil is { } rest) return $"its domain rests until {Instant(rest)}: a request may have left just before its owner ended.";
        if (s.ReadsRobots) return "its origin's robots.txt is read first.";
        if (s.Place == DomainProtocol.UnitPlace.Elsewhere)
            return $"it is not in its domain's window yet: {s.Status.Ready} that were due earlier come first, {Pace(s.Status)}.";
        var before = s.Before == 0 ? "it is the next" : $"{s.Before} come before it";
        if (s.WaitsForPermit) return $"{before}; its job has all in flight or in hand that it may have, or the writer has no room.";
        if (s.Status.InFlight >= s.Status.Slots) return $"{before}; {(s.Status.InFlight == 1 ? "1 request is" : $"{s.Status.InFlight} requests are")} in flight, as many as its domain may have.";
        return s.Status.NextStartAt is { } next
            ? $"{before}; its domain's pace is {Pace(s.Status)}, the next at {Instant(next)}{Turn(s, next)}."
            : $"{before}, and its domain is about to ask.";
    }

    private static string Pace(DomainProtocol.Status status) =>
        $"one request every {Span(status.Delay)}{(status.CrawlDelay >= status.Delay ? ", as its robots.txt asks (Crawl-delay)" : "")}";

    // Nothing that comes before it is asked faster, so it is not asked earlier.
    private static string Turn(DomainProtocol.Standing s, DateTimeOffset next) =>
        s.Before == 0 ? "" : $", so its turn comes at {Instant(next + s.Status.Delay * s.Before)} at the earliest unless the pace quickens";

    private static string Ended(MetUrl met) => met switch
    {
        { Kind: UnitKind.Robots } => "it has ended: what its origin's robots.txt says is known.",
        { Kind: UnitKind.Sitemap } => $"it has ended as a sitemap{Asked(met)}.",
        { VisitedAt: { } at, Status: > 0 } => $"it was asked for at {Instant(at)} and ended as {Cell.Word(met.Class!)} with HTTP {met.Status}{Tried(met.Tries)}.",
        { Error: { } error } => $"it ended as {Cell.Word(met.Class!)}{Tried(met.Tries)}: {error}",
        _ => $"it ended as {(met.Class is { } of ? Cell.Word(of) : "done")} without an answer.",
    };

    private static string Asked(MetUrl met) => met.Tries == 0 ? ", and was never asked for" : Tried(met.Tries);

    private static string Tried(int tries) => tries switch { 0 => "", 1 => ", after one request", _ => $", after {tries} requests" };

    private static string Because(string? reason) => string.IsNullOrEmpty(reason) ? "" : $" ({reason.TrimEnd('.')})";

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0.##} s");
}
