using Amble.Behaviours.Crawl;

namespace Amble.Behaviours.Politeness;

// What the proof of politeness counts, of the requests of one domain in the order of their starts:
//   gap          from one start to the next; the first request has none
//   in flight    begun and not answered to the end: a request is so from its start for as long as it took (whole milliseconds, rounded down)
//   refused      answered 429 or 503; failed: other 5xx, no answer, half an answer
//   refusal      begins with a refused request, and takes in all later ones until the site is quiet
//   quiet        five good answers in a row to requests that began after the last refusal was told, as P-11+ counts them: what fails begins
//                the count anew, what speaks of its URL alone (other 4xx) changes nothing
//   time to quiet  from when the first refusal was told to the start of the first of those five
//   block        a pause in which nothing was in flight, after one of the last five requests was refused or failed: at least a second, and at
//                least three times as long as gaps usually were. A pause without such a reason is none: the domain had nothing to do
//   settled      the second half of the requests, to within a column of the picture; told from twenty requests on
// The busiest minute is sixty whole seconds on end, counted from the first start.

/// <summary>The numbers of the rule above.</summary>
public static class PolitenessRule
{
    /// <summary>So many good answers in a row are quiet.</summary>
    public const int GoodInARow = 5;

    /// <summary>A block follows trouble among so many requests.</summary>
    public const int TroubleAmong = 5;

    /// <summary>A block is at least so many times as long as the usual gap.</summary>
    public const int TimesUsual = 3;

    /// <summary>Of fewer requests it is not told how they settled.</summary>
    public const int LeastSettled = 20;

    /// <summary>A shorter pause is no block.</summary>
    public static TimeSpan LeastBlock { get; } = TimeSpan.FromSeconds(1);

    internal static bool IsRefused(this SentRequest sent) => StatusRule.IsThrottled(sent.Status);

    internal static bool IsFailed(this SentRequest sent) => StatusRule.KindOfStored(sent.Status) == AnswerKind.Error;

    internal static bool IsGood(this SentRequest sent) => StatusRule.KindOfStored(sent.Status) == AnswerKind.Good;
}
