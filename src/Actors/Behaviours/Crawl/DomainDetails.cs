using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>All clocks of a domain, what it will ask next, and what it decided lately.</summary>
internal static class DomainDetails
{
    private const int MostText = 20 << 10;

    public static DomainProtocol.Details Of(DomainState s, DateTimeOffset now, CrawlSettings settings) => new(
        DomainStatus.Of(s, now, settings), s.Pace?.Delay ?? TimeSpan.Zero, s.Pace?.Held, s.Pace?.Refused, s.Pace?.Streak ?? 0,
        s.RestUntil > now ? s.RestUntil : null, s.Memory.LastStartAt, s.Pace?.LastGoodAt, s.Pace?.BarrenSince, s.Window.NextDue, s.Window.MoreInStore,
        [.. s.Robots.Values.Select(known => known.Record).OrderBy(record => record.Origin, StringComparer.Ordinal).Take(DomainProtocol.Details.MostOrigins).Select(Seen)],
        [.. s.Window.Ready.Take(DomainProtocol.Details.MostNext).Select(unit => new DomainProtocol.NextUnit(unit.Key.Job, unit.Kind, unit.Url, unit.DueAt))],
        Cut(s.Decisions.All()));

    // A wire message is 64 KiB at most (DESIGN.md section 5), and a URL may have 2,083 characters: the newest decisions are told.
    private static IReadOnlyList<DecisionMade> Cut(IReadOnlyList<DecisionMade> all)
    {
        var room = MostText;
        var told = 0;
        while (told < all.Count && (room -= Length(all[^(told + 1)])) >= 0) told++;
        return [.. all.Skip(all.Count - told)];
    }

    private static int Length(DecisionMade made) => made.Reason.Length + (made.Url?.Text.Length ?? 0);

    private static DomainProtocol.RobotsSeen Seen(RobotsRecord record) => new(record.Origin, record.Status, record.Reachable, record.FetchedAt, record.ExpiresAt);
}
