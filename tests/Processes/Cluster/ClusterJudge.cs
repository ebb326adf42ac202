using System.Globalization;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Processes.Specs.Cluster;

/// <summary>Judges what a cluster did to its sites, from their log: who asked a domain when, and from which address.</summary>
public static class ClusterJudge
{
    /// <summary>No domain has requests of two addresses in flight at once (S-5).</summary>
    /// <returns>How often a domain's next request came from another address: moves that were seen.</returns>
    public static int NoDomainIsAskedFromTwoAddressesAtOnce(IReadOnlyList<LoggedRequest> log)
    {
        var moves = 0;
        foreach (var requests in log.GroupBy(request => request.Domain).Select(domain => domain.OrderBy(request => request.ArrivedMs).ToList()))
        {
            foreach (var (one, next) in requests.Zip(requests.Skip(1)))
            {
                if (SiteLog.Node(one) != SiteLog.Node(next)) moves++;
                var others = requests.TakeWhile(request => request.Number != next.Number).Where(request => SiteLog.Node(request) != SiteLog.Node(next));
                Assert.All(others, other => Assert.True(
                    other.LeftMs <= next.ArrivedMs, $"Domain {next.Domain} was asked for {next.Path} from {next.From} while {other.Path} from {other.From} was under way."));
            }
        }
        return moves;
    }

    /// <summary>
    /// No request of a domain comes earlier than nine tenths of the delay after the one before, whoever sent them; what is asked before
    /// robots.txt has told the delay is robots.txt alone.
    /// </summary>
    /// <returns>Gaps in milliseconds, shortest first.</returns>
    public static IReadOnlyList<double> NoStartIsEarlierThanItsPace(IReadOnlyList<LoggedRequest> log, TimeSpan delay)
    {
        var gaps = new List<double>();
        foreach (var requests in log.GroupBy(request => request.Domain).Select(domain => domain.OrderBy(request => request.ArrivedMs).ToList()).Select(SinceRobotsWereRead))
        {
            foreach (var (one, next) in requests.Zip(requests.Skip(1)))
            {
                var gap = next.ArrivedMs - one.ArrivedMs;
                Assert.True(gap >= 0.9 * delay.TotalMilliseconds, string.Create(CultureInfo.InvariantCulture,
                    $"Domain {next.Domain} was asked for {next.Path} from {next.From} {gap:0} ms after {one.Path} from {one.From}; the delay is {delay.TotalMilliseconds:0} ms."));
                gaps.Add(gap);
            }
        }
        gaps.Sort();
        return gaps;
    }

    /// <summary>Whatever was asked twice was in hand at a kill of the node that had asked for it, once for each such kill (S-4).</summary>
    /// <returns>How many requests were repeats.</returns>
    public static int NothingIsAskedAgainButWhatWasInHand(IReadOnlyList<LoggedRequest> log, IReadOnlyList<ClusterKill> kills)
    {
        var repeats = 0;
        foreach (var ((domain, path), times) in log.CountBy(request => (request.Domain, request.Path)).Where(asked => asked.Value > 1))
        {
            var allowed = kills.Count(kill => kill.WasInHand(domain, path));
            Assert.True(times - 1 <= allowed, $"Domain {domain} was asked for {path} {times} times, and it was in hand at {allowed} kills.");
            repeats += times - 1;
        }
        return repeats;
    }

    /// <summary>Every page has one visit, none that was acknowledged before a kill is missing or another.</summary>
    public static void NothingIsLost(StoredInPostgres end, IEnumerable<StoredInPostgres> before, int pages)
    {
        Assert.Equal((0L, 0L), (end.Open, end.Unfinished));
        Assert.Equal(pages, end.Visits.Count);
        foreach (var look in before) Assert.All(look.Visits, visit => Assert.Equal(visit.Value, end.Visits[visit.Key]));
    }

    private static List<LoggedRequest> SinceRobotsWereRead(List<LoggedRequest> requests) =>
        [.. requests.Skip(Math.Max(0, requests.TakeWhile(request => request.Path == "/robots.txt").Count() - 1))];
}
