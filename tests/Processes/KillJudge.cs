using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Processes.Specs;

/// <summary>
/// Judges a crawl that was killed and started again, from the site's log and from what was stored after each kill. A URL is in hand at a
/// kill when the site has seen a request for it and its visit is not stored; it may be asked once more for each kill that met it so.
/// </summary>
/// <param name="pathOf">The path of a stored URL, as the log has it.</param>
public sealed class KillJudge(Func<string, string> pathOf)
{
    private readonly List<IReadOnlySet<string>> _inHand = [];
    private readonly List<IReadOnlyDictionary<string, DateTimeOffset>> _acknowledged = [];

    /// <summary>URLs in hand, kill by kill.</summary>
    public IReadOnlyList<int> InHand => [.. _inHand.Select(paths => paths.Count)];

    /// <summary>Takes note of a kill; call it while nothing crawls.</summary>
    public void Killed(IReadOnlyList<LoggedRequest> log, Stored stored)
    {
        Assert.Empty(stored.Contradictions);
        var visited = stored.Visits.Keys.Select(pathOf).ToHashSet();
        _inHand.Add(log.Select(request => request.Path).Where(path => path != "/robots.txt" && !visited.Contains(path)).ToHashSet());
        _acknowledged.Add(stored.Visits.Values.ToDictionary(visit => visit.Url.Text, visit => visit.StartedAt));
    }

    /// <summary>Nothing lost: all pages are there, each with one end, and no visit that was stored before a kill is missing or another.</summary>
    public void NothingIsLost(Stored end, int pages)
    {
        Assert.Empty(end.Contradictions);
        Assert.Equal((JobState.Completed, 0L), (end.Job.State, end.Job.Pending));
        Assert.Equal(pages, end.Visits.Count);
        Assert.All(end.Visits.Values, visit => Assert.Equal(StatusClass.Ok, visit.Class));
        foreach (var before in _acknowledged)
        {
            Assert.All(before, visit => Assert.Equal(visit.Value, end.Visits[visit.Key].StartedAt));
        }
    }

    /// <returns>How many requests were repeats, robots.txt apart.</returns>
    public int NothingIsAskedAgainButWhatWasInHand(IReadOnlyList<LoggedRequest> log)
    {
        var repeats = 0;
        foreach (var (path, times) in log.CountBy(request => request.Path))
        {
            var allowed = path == "/robots.txt" ? _inHand.Count : _inHand.Count(inHand => inHand.Contains(path));
            Assert.True(times - 1 <= allowed, $"{path} was asked {times} times and was in hand at {allowed} kills.");
            if (path != "/robots.txt") repeats += times - 1;
        }
        return repeats;
    }

    /// <summary>Whatever died between them, no two requests are closer than nine tenths of the delay.</summary>
    /// <returns>The shortest gap, in milliseconds.</returns>
    public static double TheGapsHold(IReadOnlyList<LoggedRequest> log, TimeSpan delay)
    {
        var (gap, before, after) = log.Zip(log.Skip(1), (one, next) => (Gap: next.ArrivedMs - one.ArrivedMs, one, next)).MinBy(pair => pair.Gap);
        Assert.True(gap >= 0.9 * delay.TotalMilliseconds, $"{gap:0.0} ms between request {before.Number} ({before.Path}) and {after.Number} ({after.Path}); the delay is {delay.TotalMilliseconds} ms.");
        return gap;
    }
}
