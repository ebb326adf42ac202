using System.Text.Json.Nodes;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Processes.Specs;

/// <summary>
/// Compares what a crawl says of its politeness with the site's own log. A request leaves us a moment before it arrives, and its answer
/// leaves the site a moment before it has arrived here, so times agree to within <see cref="Moment"/>; counts agree exactly. Where the
/// machine halts for longer, one request arrives late and the next gap is short for the site alone: so it is one of its three least.
/// </summary>
public static class ProofJudge
{
    private const double Moment = 25;

    /// <param name="sums">The summary of the crawl, as <c>--json</c> writes it.</param>
    /// <param name="log">All that the site saw of it, robots.txt among it.</param>
    /// <param name="inHand">Requests that the site has seen and that died with a process, at most.</param>
    public static void Holds(JsonNode sums, IReadOnlyList<LoggedRequest> log, int inHand = 0)
    {
        var (requests, refused) = ((int)sums["requests"]!, log.Count(request => request.Status is 429 or 503));
        Assert.InRange(log.Count - requests, 0, inHand);
        Assert.Equal((int)sums["throttled"]!, (int)Math.Round((double)sums["refusedShare"]! * requests));
        Assert.InRange(refused - (int)sums["throttled"]!, 0, inHand);
        if (inHand == 0) Assert.Equal((double)refused / log.Count, (double)sums["refusedShare"]!, 5);

        // Without those that died, gaps are longer and fewer are in flight.
        var told = (double)sums["leastGapSeconds"]! * 1000;
        var seen = log.Zip(log.Skip(1), (one, next) => next.ArrivedMs - one.ArrivedMs).Order().Take(3).ToList();
        Assert.True(
            told >= seen[0] - Moment && (inHand > 0 || told <= seen[^1] + Moment), $"A least gap of {told:0.0} ms is told, and the site saw {string.Join(", ", seen.Select(gap => $"{gap:0.0}"))} ms.");
        var inFlight = (int)sums["mostInFlight"]!;
        var (least, most) = (InFlight(log, -Moment), InFlight(log, Moment));
        Assert.True(inFlight <= most && (inHand > 0 || inFlight >= least), $"{inFlight} in flight are told, and the site saw {least} to {most}.");
    }

    private static int InFlight(IReadOnlyList<LoggedRequest> log, double longer) => log.Max(request =>
        log.Count(other => other.ArrivedMs <= request.ArrivedMs && (other.Number == request.Number || (other.LeftMs ?? other.ArrivedMs) + longer > request.ArrivedMs)));
}
