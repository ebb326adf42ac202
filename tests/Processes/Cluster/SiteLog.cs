using Amble.ScriptedSites;
using Xunit;

namespace Amble.Processes.Specs.Cluster;

/// <summary>What the site saw of a cluster: who asked which domain when.</summary>
public static class SiteLog
{
    /// <summary>Without the port.</summary>
    public static string Node(LoggedRequest request) => request.From.Split(':')[0];

    public static IReadOnlyCollection<int> DomainsOf(IEnumerable<LoggedRequest> log, NodeProcess node) =>
        [.. log.Where(request => Node(request) == node.Address).Select(request => request.Domain).Distinct()];

    /// <summary>At no moment was a domain asked from two addresses at once (S-5).</summary>
    public static void NoDomainHasTwoOwnersAtOnce(IReadOnlyList<LoggedRequest> log)
    {
        foreach (var domain in log.GroupBy(request => request.Domain))
        {
            LoggedRequest? before = null;
            foreach (var request in domain.OrderBy(request => request.ArrivedMs))
            {
                if (before is not null && Node(before) != Node(request))
                {
                    Assert.True(before.LeftMs <= request.ArrivedMs, $"Domain {domain.Key} was asked from {Node(before)} ({before.Path}) and {Node(request)} ({request.Path}) at once.");
                }
                if (before is null || request.LeftMs is null || before.LeftMs is null || request.LeftMs > before.LeftMs) before = request;
            }
        }
    }

    /// <summary>No start came earlier than the delay after the one before, whoever asked; robots.txt comes before the delay is known.</summary>
    public static void TheGapsHold(IReadOnlyList<LoggedRequest> log, TimeSpan delay)
    {
        foreach (var domain in log.GroupBy(request => request.Domain))
        {
            var paced = domain.OrderBy(request => request.ArrivedMs).SkipWhile(request => request.Path == "/robots.txt").ToList();
            var shortest = paced.Zip(paced.Skip(1), (one, next) => next.ArrivedMs - one.ArrivedMs).DefaultIfEmpty(double.MaxValue).Min();
            Assert.True(shortest >= delay.TotalMilliseconds * 0.9, $"Domain {domain.Key} was asked again after {shortest:0} ms; its delay is {delay.TotalMilliseconds:0} ms.");
        }
    }
}
