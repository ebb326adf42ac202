using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>Where one unit stands with its domain, and what it has to wait for there.</summary>
internal static class UnitStanding
{
    public static DomainProtocol.Standing Of(DomainState s, UnitKey key, DateTimeOffset now, CrawlSettings settings)
    {
        var ready = s.Window.Ready.FindIndex(unit => unit.Key == key);
        var place =
            s.InFlight.Values.Any(request => request.Unit?.Key == key) ? DomainProtocol.UnitPlace.InFlight
            : s.InHand.ContainsKey(key) || s.Closing.Contains(key) ? DomainProtocol.UnitPlace.Saving
            : ready >= 0 ? DomainProtocol.UnitPlace.Ready
            : DomainProtocol.UnitPlace.Elsewhere;
        return new DomainProtocol.Standing(
            DomainStatus.Of(s, now, settings), place, Math.Max(0, ready), s.RestUntil > now ? s.RestUntil : null,
            ready >= 0 && s.RobotsAsks.ContainsKey(s.Window.Ready[ready].Url.Origin), s.PermitsAsked.ContainsKey(key.Job));
    }
}
