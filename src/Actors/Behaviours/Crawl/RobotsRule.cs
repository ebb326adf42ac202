using System.Globalization;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// What the answer to a request for robots.txt means (RFC 9309 section 2.3.1, SEEDS.md "Crawl behaviour").
// 2xx: its rules hold. A redirect is followed up to five times, then the file counts as absent; the rules hold for the origin first asked.
// 429 is throttling: nothing is known, ask again under the pace. Any other 4xx: absent, all is allowed.
// 5xx, and no whole answer: unreachable, nothing is allowed; asked again after five minutes, and after half a minute where there was no
// answer at all: whoever mends a server and starts a crawl again is not told yesterday's news.
// Rules and absence are kept as long as the site's max-age says, but no less than an hour and no longer than a day.

/// <summary>From an answer to what is known about an origin's robots.</summary>
public static class RobotsRule
{
    /// <summary>RFC 9309 section 2.3.1.2.</summary>
    public const int MostHops = 5;

    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);
    public static readonly TimeSpan ShortestLife = TimeSpan.FromHours(1);
    public static readonly TimeSpan UnreachableLife = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan UnansweredLife = TimeSpan.FromSeconds(30);

    /// <param name="origin">The origin that was asked first, as in <see cref="PageUrl.Origin"/>.</param>
    /// <param name="hops">Redirects that led to this answer.</param>
    public static RobotsVerdict After(string origin, FetchOutcome outcome, int hops, DateTimeOffset now) => outcome switch
    {
        FetchOutcome.Answered { Status: 429 } => new RobotsVerdict.AskAgain(),
        FetchOutcome.Answered { Status: >= 300 and < 400, RedirectTo: { } to } when hops < MostHops => new RobotsVerdict.Follow(to, hops + 1),
        FetchOutcome.Answered { Status: >= 200 and < 300 } good => Known(origin, good, good.Robots?.Text ?? "", now),
        FetchOutcome.Answered { Status: < 500 } absent => Known(origin, absent, null, now),
        FetchOutcome.Answered bad => Unreachable(origin, bad.Status, now),
        FetchOutcome.Failed failed => Unreachable(origin, -(int)failed.Failure, now),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome is answered or failed."),
    };

    private static RobotsVerdict.Known Known(string origin, FetchOutcome.Answered answer, string? body, DateTimeOffset now) =>
        new(new RobotsRecord(origin, answer.Status, body, Reachable: true, now, now + Life(answer.Headers)));

    private static RobotsVerdict.Known Unreachable(string origin, int status, DateTimeOffset now) =>
        new(new RobotsRecord(origin, status, null, Reachable: false, now, now + (status < 0 ? UnansweredLife : UnreachableLife)));

    private static TimeSpan Life(string headers)
    {
        foreach (var line in headers.AsSpan().EnumerateLines())
        {
            const string field = "cache-control:";
            if (!line.StartsWith(field, StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var range in line[field.Length..].Split(','))
            {
                var directive = line[field.Length..][range].Trim();
                if (directive.Equals("no-store", StringComparison.OrdinalIgnoreCase) || directive.Equals("no-cache", StringComparison.OrdinalIgnoreCase))
                    return ShortestLife;
                const string age = "max-age=";
                if (directive.StartsWith(age, StringComparison.OrdinalIgnoreCase)
                    && long.TryParse(directive[age.Length..].Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                {
                    return TimeSpan.FromSeconds(Math.Clamp(seconds, (long)ShortestLife.TotalSeconds, (long)LongestLife.TotalSeconds));
                }
            }
        }
        return LongestLife;
    }
}

/// <summary>What follows from one answer to a request for robots.txt.</summary>
public abstract record RobotsVerdict
{
    private RobotsVerdict() { }

    /// <summary>It is settled until the record expires.</summary>
    public sealed record Known(RobotsRecord Record) : RobotsVerdict;

    /// <summary>Ask there next, under the pace of whom it belongs to.</summary>
    /// <param name="Hops">Redirects followed by then, 1 to 5.</param>
    public sealed record Follow(PageUrl To, int Hops) : RobotsVerdict;

    /// <summary>The site is throttling: nothing was learned.</summary>
    public sealed record AskAgain : RobotsVerdict;
}
