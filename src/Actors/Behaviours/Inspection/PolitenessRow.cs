using System.Text.Json.Nodes;
using Amble.Messages;

namespace Amble.Behaviours.Inspection;

/// <summary>How all jobs together asked a domain lately, as an operator reads it (P-20+). What each figure means stands in PolitenessRule.</summary>
internal static class PolitenessRow
{
    public static readonly TimeSpan Lately = TimeSpan.FromHours(24);

    public static string Sentence(DomainPoliteness of) => $"In the last {Lately.TotalHours:0} h: {PolitenessWords.Sentence(of)}";

    public static JsonObject Of(DomainPoliteness of) => new()
    {
        ["from"] = Cell.Instant(of.FirstAt),
        ["to"] = Cell.Instant(of.LastAt),
        ["requests"] = of.Requests,
        ["leastGapSeconds"] = Cell.Seconds(of.LeastGap),
        ["mostInFlight"] = of.MostInFlight,
        ["requestsPerMinute"] = Math.Round(of.PerMinute, 2),
        ["busiestMinute"] = of.BusiestMinute,
        ["refused"] = of.Refused,
        ["refusedShare"] = Math.Round(of.RefusedShare, 5),
        ["failed"] = of.Failed,
        ["refusals"] = of.Refusals,
        ["isQuiet"] = of.IsQuiet,
        ["longestToQuietSeconds"] = Cell.Seconds(of.LongestToQuiet),
        ["blocks"] = of.Blocks,
        ["blockedSeconds"] = Cell.Seconds(of.Blocked),
        ["settledPerSecond"] = of.Settled?.Rate is { } rate ? Math.Round(rate, 3) : null,
        ["settledRefusedShare"] = of.Settled is { } settled ? Math.Round(settled.RefusedShare, 5) : null,
        ["robotsReadAt"] = Cell.Instant(of.RobotsReadAt),
        ["robotsAgeSeconds"] = Cell.Seconds(of.RobotsAge),
    };
}
