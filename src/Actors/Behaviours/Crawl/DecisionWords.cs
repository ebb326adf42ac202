using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>Decisions other than those about the pace, in words.</summary>
internal static class DecisionWords
{
    /// <summary>Constant texts: this is said at every request.</summary>
    public static DecisionMade Asked(InFlight request) => new(request.BegunAt, DecisionKind.Asked, request switch
    {
        { Again: not null } => "Others were refused in a row: it shows whether the site turns us away, or forbids only those.",
        _ => Asked(request.Kind),
    }, request.Again ?? request.Unit?.Url);

    private static string Asked(RequestKind kind) => kind switch
    {
        RequestKind.Robots => "robots.txt is read before any page of its origin is asked for.",
        RequestKind.Sitemap => "A sitemap that was due.",
        RequestKind.Hop => "A redirect led here.",
        RequestKind.Retry => "Its next try was due.",
        RequestKind.Warm => "A second visit shows whether a cache has it now.",
        _ => "It was the first that was due.",
    };

    public static DecisionMade Woke(DomainState s, DateTimeOffset now) => new(now, DecisionKind.Woke, s.RestUntil is { } rest
        ? $"It is taken up and rests until {PaceWords.Instant(rest)}: a request may have left just before the end of its former life."
        : s.Pace is { } pace ? $"It is taken up with a delay of {PaceWords.Span(pace.Delay)}." : "It is taken up.");

    public static DecisionMade Robots(RobotsRecord record, RobotsRules rules, DateTimeOffset now) => new(now, DecisionKind.RobotsRead, record switch
    {
        { Reachable: false } => $"{record.Origin}/robots.txt could not be read ({Said(record.Status)}), so nothing of it may be asked for until {PaceWords.Instant(record.ExpiresAt)}.",
        { Body: null } => $"{record.Origin} has no robots.txt ({Said(record.Status)}): all is allowed.",
        _ => $"{record.Origin}/robots.txt was read{(rules.CrawlDelay is { } delay ? $"; it asks for a Crawl-delay of {PaceWords.Span(delay)}" : "")}.",
    });

    public static DecisionMade KeptOut(int count, Unit first, ExclusionReason why, DateTimeOffset now) => new(now, DecisionKind.KeptOut, why switch
    {
        ExclusionReason.Robots => $"{Urls(count)} kept out: robots.txt does not allow {(count == 1 ? "it" : "them")}.",
        ExclusionReason.RobotsUnreachable => $"{Urls(count)} kept out: robots.txt could not be read, which forbids all.",
        ExclusionReason.PageLimit => $"{Urls(count)} kept out: the job has all the pages that it may have.",
        _ => $"{Urls(count)} kept out.",
    }, first.Url);

    public static DecisionMade PermitWaited(TimeSpan waited, PageUrl? url, DateTimeOffset now) => new(
        now, DecisionKind.PermitWaited, $"It waited {PaceWords.Span(waited)} for a permit: its job had all in flight or in hand that it may have.", url);

    public static DecisionMade Told(GiveUpVerdict verdict, JobId job, DateTimeOffset now) => verdict switch
    {
        GiveUpVerdict.Park v => new(now, DecisionKind.Parked, $"Job {job} is to be parked until {PaceWords.Instant(v.Until)}: {v.Reason}."),
        GiveUpVerdict.GiveUp v => new(now, DecisionKind.GaveUp, $"Job {job} is to end as blocked: {v.Reason}"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    private static string Urls(int count) => count == 1 ? "One URL is" : $"{count} URLs are";

    private static string Said(int status) => status > 0 ? $"HTTP {status}" : ((FetchFailure)(-status)).ToString();
}
