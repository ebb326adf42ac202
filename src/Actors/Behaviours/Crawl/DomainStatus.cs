using System.Globalization;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>How a domain is doing, in figures and in one sentence.</summary>
internal static class DomainStatus
{
    public static DomainProtocol.Status Of(DomainState s, DateTimeOffset now, CrawlSettings settings)
    {
        var blocked = s.Pace?.BlockedUntil > now ? s.Pace.BlockedUntil : null;
        DateTimeOffset? next = s.Phase == DomainPhase.Awake && s.Window.Ready.Count > 0 ? PaceGate.EarliestStart(s, settings.Pace) : null;
        return new DomainProtocol.Status(
            s.Name, Doing(s, now, blocked), s.EffectiveDelay, PaceGate.Slots(s, settings.Pace), s.InFlight.Count,
            s.InHand.Count + s.Closing.Count - s.InFlight.Values.Count(r => r.Unit is not null), s.Window.Ready.Count, next > now ? next : null, blocked, blocked is null ? null : s.Pace!.BlockReason, s.CrawlDelay);
    }

    private static string Doing(DomainState s, DateTimeOffset now, DateTimeOffset? blocked)
    {
        if (s.Phase == DomainPhase.Asleep) return DomainProtocol.Status.Asleep;
        if (s.Phase == DomainPhase.Loading) return DomainProtocol.Status.WakingUp;
        if (blocked is { } until) return $"blocked until {until.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}: {s.Pace!.BlockReason}";
        if (s.RobotsAsks.Count > 0) return "reading robots.txt";
        if (s.Refusals.Check is { } check) return $"asking once more for {check.Url.Text}, because {s.Refusals.Row.Length switch { 1 => "a page was", var many => $"{many} pages were" }} refused";
        if (s.RestUntil > now) return "resting one delay after a restart, because a request may have left just before";
        if (s.InFlight.Count > 0) return DomainProtocol.Status.Asking;
        if (s.InHand.Count > 0) return "waiting for the writer";
        if (s.Window.Ready.Count > 0) return DomainProtocol.Status.WaitingForPace;
        return s.Window.NextDue > now ? "waiting until what was refused or failed may be tried again" : "waiting for work";
    }
}
