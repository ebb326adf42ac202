using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>What may be done with a unit, as far as robots go.</summary>
internal abstract record Admission
{
    private Admission() { }

    /// <summary>Its request may be sent.</summary>
    public sealed record Ask : Admission;

    /// <summary>This origin's robots.txt must be read first.</summary>
    public sealed record RobotsFirst(string Origin) : Admission;

    /// <summary>It ends without a request; null where nothing was kept out.</summary>
    public sealed record Close(ExclusionReason? Why) : Admission;

    /// <summary>The host could not be reached for its robots.txt, so it cannot be reached for this either.</summary>
    public sealed record Unreachable(FetchFailure Failure) : Admission;

    /// <summary>
    /// The rule. A robots unit ends once its origin's rules are known; that is all it is for. A page waits for the rules, obeys them, and is
    /// kept out where the file answers 5xx (RFC 9309 section 2.3.1.4). Where not even a connection came about, the page ends with that failure.
    /// A sitemap is treated as a page; and once its job has all the pages that it may have, there is no use for it.
    /// </summary>
    public static Admission Judge(DomainState s, Unit unit, DateTimeOffset now)
    {
        if (unit.Kind == UnitKind.Sitemap && s.Full.Contains(unit.Key.Job)) return new Close(ExclusionReason.PageLimit);
        var origin = unit.Url.Origin;
        if (!s.Robots.TryGetValue(origin, out var known) || known.Record.ExpiresAt <= now) return new RobotsFirst(origin);
        if (unit.Kind == UnitKind.Robots) return new Close(null);
        if (!known.Record.Reachable)
        {
            var failure = (FetchFailure)(-known.Record.Status);
            return failure is FetchFailure.NoSuchHost or FetchFailure.ConnectionRefused or FetchFailure.Tls or FetchFailure.AddressNotAllowed or FetchFailure.Timeout or FetchFailure.ConnectionCut
                ? new Unreachable(failure)
                : new Close(ExclusionReason.RobotsUnreachable);
        }
        return known.Rules.Allows(unit.Url.PathAndQuery) ? new Ask() : new Close(ExclusionReason.Robots);
    }
}
