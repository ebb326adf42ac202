using Amble.Behaviours.Inspection;
using Amble.Behaviours.Politeness;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>How a job asked its domains, as the API tells it (P-20+). Spans are seconds; shares are 0 to 1; null is what cannot be told.</summary>
/// <param name="From">report: kept with it; requests: computed from what is stored just now; nothing: none was sent; gone: they expired before it was kept.</param>
/// <param name="Says">One sentence.</param>
/// <param name="Requests">What the job sent in all; <paramref name="Told"/> is what the domains account for.</param>
/// <param name="LeastGapSeconds">From one start to the next on one domain, whichever was asked closest.</param>
/// <param name="MostInFlight">On one domain, whichever had most; so are the figures below.</param>
/// <param name="SecondsToQuiet">The longest that it took until a domain that refused did so no more; null when none refused, or one never stopped.</param>
/// <param name="SettledPerSecond">Of the domain that was asked most.</param>
public sealed record PolitenessAnswer(
    long Job, string From, string Says, long Requests, long Told, double? LeastGapSeconds, int MostInFlight, long BusiestMinute, long Refused, double RefusedShare,
    double? SecondsToQuiet, double? SettledPerSecond, IReadOnlyList<DomainPolitenessAnswer> Domains)
{
    public static PolitenessAnswer Of(JobId job, PolitenessRead read)
    {
        var sum = PolitenessTotal.Of(read.Domains);
        return new PolitenessAnswer(
            job.Value, read.Origin.ToString().ToLowerInvariant(), Sentence(read), read.Requests, read.Told, sum.LeastGap?.TotalSeconds, sum.MostInFlight,
            sum.BusiestMinute, sum.Refused, Math.Round(sum.RefusedShare, 6), sum.IsQuiet ? sum.LongestToQuiet?.TotalSeconds : null,
            Rounded(sum.Settled?.Rate), [.. read.Domains.Select(DomainPolitenessAnswer.Of)]);
    }

    /// <summary>What the whole comes to, or why nothing can be told.</summary>
    public static string Sentence(PolitenessRead read) => read switch
    {
        { Origin: PolitenessOrigin.Nothing } => "No request was sent.",
        { Origin: PolitenessOrigin.Gone } => "This job ended before its politeness was kept with its report, and its requests have expired: nobody knows it any more.",
        { Domains: [var only] } => PolitenessWords.Sentence(only),
        { Domains: [] } => "What was sent is not stored yet.",
        _ => PolitenessTotal.Of(read.Domains).Sentence,
    };

    internal static double? Rounded(double? value) => value is { } some ? Math.Round(some, 4) : null;
}

/// <summary>How one domain was asked.</summary>
/// <param name="RequestsPerMinute">The mean from the first to the last start, over a minute at least.</param>
/// <param name="BusiestMinute">Most requests in 60 seconds on end.</param>
/// <param name="Refused">Answers 429 and 503.</param>
/// <param name="Failed">Other 5xx, and no or half an answer.</param>
/// <param name="Refusals">How often it began to refuse.</param>
/// <param name="Quiet">False when it refused to the end.</param>
/// <param name="Blocks">Pauses after a refusal or trouble.</param>
/// <param name="RobotsAgeSeconds">How old robots.txt was when the last request left.</param>
/// <param name="RefusalSpans">From the first refused request until it was quiet.</param>
/// <param name="GapColumnSeconds">Width of a column of <paramref name="Gaps"/>; null, like the spans, where a report keeps no picture of a domain.</param>
public sealed record DomainPolitenessAnswer(
    string Domain, string Says, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Requests, double? LeastGapSeconds, int MostInFlight, double RequestsPerMinute,
    long BusiestMinute, long Refused, double RefusedShare, long Failed, int Refusals, bool Quiet, double? SecondsToQuiet, int Blocks, double BlockedSeconds,
    double? SettledPerSecond, double? SettledRefusedShare, DateTimeOffset? RobotsReadAt, double? RobotsAgeSeconds,
    IReadOnlyList<SpanAnswer>? RefusalSpans, IReadOnlyList<SpanAnswer>? BlockSpans, double? GapColumnSeconds, IReadOnlyList<GapAnswer>? Gaps)
{
    public static DomainPolitenessAnswer Of(DomainPoliteness of)
    {
        var picture = PictureText.TryRead(of.Picture, out var drawn) ? drawn : null;
        return new DomainPolitenessAnswer(
            of.Domain.Value, PolitenessWords.Sentence(of), of.FirstAt, of.LastAt, of.Requests, of.LeastGap?.TotalSeconds, of.MostInFlight, Math.Round(of.PerMinute, 2),
            of.BusiestMinute, of.Refused, Math.Round(of.RefusedShare, 6), of.Failed, of.Refusals, of.IsQuiet, of.LongestToQuiet?.TotalSeconds, of.Blocks,
            Math.Round(of.Blocked.TotalSeconds, 3), PolitenessAnswer.Rounded(of.Settled?.Rate), PolitenessAnswer.Rounded(of.Settled?.RefusedShare),
            of.RobotsReadAt, of.RobotsAge is { } age ? Math.Round(age.TotalSeconds, 1) : null,
            picture?.Refusals.Select(band => SpanAnswer.Of(of.FirstAt, band)).ToList(), picture?.Blocks.Select(band => SpanAnswer.Of(of.FirstAt, band)).ToList(),
            picture?.Width.TotalSeconds, picture?.Columns.Select(GapAnswer.Of).ToList());
    }
}

/// <param name="Count">Requests that were refused in it, or pauses that are told as one.</param>
public sealed record SpanAnswer(DateTimeOffset From, DateTimeOffset To, long Count)
{
    public static SpanAnswer Of(DateTimeOffset origin, TimeBand band) => new(origin + band.From, origin + band.To, band.Count);
}

/// <summary>A column of time in which a request began.</summary>
/// <param name="Column">From 0: it begins so many widths after the first request.</param>
/// <param name="LeastSeconds">The shortest gap that ended in it.</param>
public sealed record GapAnswer(int Column, long Requests, long Refused, double? LeastSeconds, double? GreatestSeconds)
{
    public static GapAnswer Of(GapColumn column) => new(column.Number, column.Requests, column.Refused, column.Least?.TotalSeconds, column.Greatest?.TotalSeconds);
}
