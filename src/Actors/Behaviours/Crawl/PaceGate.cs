namespace Amble.Behaviours.Crawl;

/// <summary>
/// Whether the pace lets one more request begin now. Start to start (P-18+): a whole delay since the last request left; none about to
/// leave, so that a slow connection cannot push two requests together; fewer in flight than slots (P-3, P-9+); no block; no rest.
/// </summary>
internal static class PaceGate
{
    public static bool Open(Deciding t, ref DateTimeOffset? wait)
    {
        var s = t.State;
        if (s.Departing is not null || s.InFlight.Count >= Slots(s, t.Settings.Pace)) return false;
        var earliest = EarliestStart(s, t.Settings.Pace);
        if (earliest <= t.Now) return true;
        if (wait is null || earliest < wait) wait = earliest;
        return false;
    }

    public static DateTimeOffset EarliestStart(DomainState s, PaceSettings settings)
    {
        var earliest = SpacedUntil(s, settings) ?? DateTimeOffset.MinValue;
        if (s.RestUntil > earliest) earliest = s.RestUntil.Value;
        if (s.Pace?.BlockedUntil > earliest) earliest = s.Pace.BlockedUntil.Value;
        return earliest;
    }

    /// <summary>When the delay after the last request has passed; null when there was none.</summary>
    public static DateTimeOffset? SpacedUntil(DomainState s, PaceSettings settings) =>
        s.Memory.LastStartAt is { } last && s.Pace is { } pace
            ? last + PaceRule.Spacing(pace, s.CrawlDelay, s.Roll, last - s.SpacedUntil ?? TimeSpan.Zero, settings)
            : null;

    public static int Slots(DomainState s, PaceSettings settings) =>
        s.Pace is not { } pace ? 1 : s.CrawlDelay is { } floor && floor > pace.Delay ? Math.Max(1, (int)Math.Ceiling(settings.Estimate / floor)) : pace.Slots;
}
