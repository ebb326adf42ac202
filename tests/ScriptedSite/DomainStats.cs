namespace Amble.ScriptedSites;

/// <summary>What one domain saw, from its log. All requests count for pace: robots.txt, redirects and refusals too.</summary>
/// <param name="Covered">Pages answered 200 or 304 at least once.</param>
/// <param name="FetchedTwice">Pages answered 200 or 304 more than once.</param>
/// <param name="RobotsViolations">Requests for what robots.txt keeps out.</param>
/// <param name="RobotsFirst">The first request was for robots.txt.</param>
/// <param name="Throttled">Requests answered with 429 or 503.</param>
/// <param name="MostInFlight">Requests under way at one time, at most.</param>
/// <param name="FirstSecondStarts">Requests that arrived within a second of the first, that one included.</param>
/// <param name="LeastGapMs">The shortest time from one arrival to the next; null below two requests.</param>
/// <param name="LowGapMs">The first percentile of these.</param>
/// <param name="Missing">Pages never answered, at most twenty of them.</param>
public sealed record DomainStats(
    int Domain, int Requests, int Covered, int FetchedTwice, int RobotsViolations, bool RobotsFirst, int Throttled, int MostInFlight,
    int FirstSecondStarts, double? LeastGapMs, double? LowGapMs, IReadOnlyDictionary<int, int> Statuses, IReadOnlyList<int> Missing)
{
    /// <param name="requests">The domain's own, in order of arrival.</param>
    /// <param name="pages">How many pages it has.</param>
    public static DomainStats From(int domain, IReadOnlyList<LoggedRequest> requests, int pages)
    {
        var answered = requests.Where(request => request is { Method: "GET", Status: 200 or 304 })
            .Select(request => SitePlan.PageAt(request.Path, pages))
            .OfType<int>().CountBy(page => page).ToDictionary();
        var gaps = requests.Zip(requests.Skip(1), (one, next) => next.ArrivedMs - one.ArrivedMs).Order().ToList();
        return new DomainStats(
            domain,
            requests.Count,
            answered.Count,
            answered.Values.Count(times => times > 1),
            requests.Count(request => SitePlan.IsDisallowed(request.Path)),
            requests.Count > 0 && requests[0].Path == "/robots.txt",
            requests.Count(request => request.Status is 429 or 503),
            CountMostInFlight(requests),
            requests.Count(request => request.ArrivedMs < requests[0].ArrivedMs + 1000),
            gaps.Count > 0 ? gaps[0] : null,
            gaps.Count > 0 ? gaps[gaps.Count / 100] : null,
            requests.Where(request => request.Status is not null).CountBy(request => request.Status!.Value).OrderBy(each => each.Key).ToDictionary(),
            [.. Enumerable.Range(0, pages).Where(page => !answered.ContainsKey(page)).Take(20)]);
    }

    private static int CountMostInFlight(IReadOnlyList<LoggedRequest> requests)
    {
        // An end before a start at the same instant: the one made room for the other.
        var changes = requests.Select(request => (At: request.ArrivedMs, Change: 1))
            .Concat(requests.Where(request => request.LeftMs is not null).Select(request => (At: request.LeftMs!.Value, Change: -1)))
            .OrderBy(change => change.At).ThenBy(change => change.Change);
        var (now, most) = (0, 0);
        foreach (var (_, change) in changes)
        {
            now += change;
            most = Math.Max(most, now);
        }
        return most;
    }
}
