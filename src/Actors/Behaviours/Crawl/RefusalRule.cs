using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// When a site turns us away and not only from a URL (P-14+), in words:
/// <para>Three different URLs refused in a row, or two challenge pages in a row, may still be URLs of which each is forbidden. So one that
/// was answered well is asked again, or the start page where none was yet. If that is refused too, or leads to one that was, the site
/// blocks us. If it is answered well, those URLs are forbidden, and are not counted again.</para>
/// <para>Refused is what has the class of that name, except for 429 and 503, which ask for patience (P-4, P-13+); a challenge page is
/// refused whatever its status. A good answer to a page ends the row, time-outs and server errors neither end it nor belong to it.</para>
/// </summary>
public static class RefusalRule
{
    /// <summary>Redirects that are followed from the URL that is asked again.</summary>
    public const int MostHops = 5;

    private const int MostForbidden = 1_000;

    /// <summary>What a page was answered.</summary>
    public static Refusals After(Refusals before, PageUrl url, FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Answered a when StatusRule.TurnsAway(a) => before.Forbidden.Contains(url) ? before : before with
        {
            Row = before.Row.Contains(url) ? before.Row : before.Row.Add(url),
            Challenges = before.Challenges + (a.Challenge is null ? 0 : 1),
            Status = a.Status,
            Vendor = a.Challenge ?? before.Vendor,
        },
        _ when StatusRule.Kind(outcome) == AnswerKind.Good => Ended(before) with { Good = StatusRule.Class(outcome) == StatusClass.Ok ? url : before.Good },
        _ => before,
    };

    /// <summary>Null: go on.</summary>
    /// <param name="start">The job's start page, where this domain has it and may be asked for it.</param>
    public static RefusalVerdict? Judge(Refusals r, PageUrl? start, RetrySettings s)
    {
        if (r.Check is not null || r.Row.Length < s.RefusedInARow && r.Challenges < s.ChallengesInARow) return null;
        if ((r.Good ?? start) is not { } url) return null;
        return r.Row.Contains(url) ? new RefusalVerdict.Blocked(Words(r, url)) : new RefusalVerdict.Ask(url);
    }

    /// <summary>What the URL that was asked again was answered, and what follows; a null verdict goes on.</summary>
    /// <param name="mayAsk">Whether robots.txt lets a URL be asked for, and it is this domain's.</param>
    public static (Refusals Next, RefusalVerdict? Verdict) Checked(Refusals r, FetchOutcome outcome, Func<PageUrl, bool> mayAsk, DateTimeOffset now, RetrySettings s)
    {
        var check = r.Check!;
        // Meanwhile another page was answered well.
        if (r.Row.IsEmpty) return (r with { Check = null }, null);
        switch (outcome)
        {
            case FetchOutcome.Answered a when StatusRule.TurnsAway(a):
                return (Refusals.None, new RefusalVerdict.Blocked(Words(r with { Status = a.Status, Vendor = a.Challenge ?? r.Vendor }, check.Url)));
            case FetchOutcome.Answered { RedirectTo: { } to } a when r.Row.Contains(to):
                return (Refusals.None, new RefusalVerdict.Blocked(Words(r, check.Url)));
            case FetchOutcome.Answered { RedirectTo: { } to } when check.Hops < MostHops && mayAsk(to):
                return (r with { Check = new RefusalCheck(to, now, check.Hops + 1) }, null);
            case FetchOutcome.Answered a when StatusRule.IsThrottled(a.Status):
                return (r with { Check = check with { DueAt = now + s.ThrottleWaitMost, UnderWay = false } }, null);
            case FetchOutcome.Answered when StatusRule.Kind(outcome) == AnswerKind.Good:
                var forbidden = (r.Forbidden.Count < MostForbidden ? r.Forbidden : []).Union(r.Row);
                return (Ended(r) with { Check = null, Forbidden = forbidden }, null);
            default:
                return (Ended(r) with { Check = null }, null);
        }
    }

    private static Refusals Ended(Refusals r) =>
        r with { Row = [], Challenges = 0, Vendor = null, Check = r.Check is { UnderWay: true } ? r.Check : null };

    private static string Words(Refusals r, PageUrl asked)
    {
        var row = r.Challenges > 1
            ? $"{r.Challenges} answers in a row were challenge pages ({r.Vendor}, HTTP {r.Status}), which ask for proof that we are human"
            : $"{r.Row.Length} pages in a row were refused (HTTP {r.Status})";
        var last = asked == r.Good ? $"and so was {asked.Text}, which had been answered well before"
            : r.Row.Contains(asked) ? $"{asked.Text} among them, where the crawl begins"
            : $"and so was {asked.Text}, where the crawl begins";
        return $"The site turns us away: {row}, {last}.";
    }
}
