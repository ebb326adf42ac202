using Amble.Behaviours.Inspection;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>What a job's domains come to together: counts are sums, all else is of the domain that it was worst for.</summary>
/// <param name="Settled">Of the domain that was asked most.</param>
public sealed record PolitenessTotal(
    int Domains, long Requests, long Refused, TimeSpan? LeastGap, int MostInFlight, long BusiestMinute, TimeSpan? LongestToQuiet, bool IsQuiet, PoliteStretch? Settled)
{
    /// <summary>0 to 1.</summary>
    public double RefusedShare => Requests == 0 ? 0 : (double)Refused / Requests;

    /// <param name="domains">Most asked first.</param>
    public static PolitenessTotal Of(IReadOnlyList<DomainPoliteness> domains) => new(
        domains.Count, domains.Sum(one => one.Requests), domains.Sum(one => one.Refused), domains.Min(one => one.LeastGap),
        domains.Count == 0 ? 0 : domains.Max(one => one.MostInFlight), domains.Count == 0 ? 0 : domains.Max(one => one.BusiestMinute),
        domains.Max(one => one.LongestToQuiet), domains.All(one => one.IsQuiet), domains.Count == 0 ? null : domains[0].Settled);

    /// <summary>One sentence for people.</summary>
    public string Sentence => $"{Cli.Quantity.Of(Requests, "request")} to {Cli.Quantity.Of(Domains, "domain")}, none asked again within {(LeastGap is { } gap ? PolitenessWords.AtLeast(gap) : "its time")}; "
        + $"at most {Cli.Quantity.Number(MostInFlight)} in flight on one; {PolitenessWords.Refused(Refused, RefusedShare)}{Quiet}.";

    private string Quiet => Refused == 0 ? "" : !IsQuiet ? ", one still refusing at the end" : LongestToQuiet is { } span ? $", each quiet within {PolitenessWords.Within(span)}" : "";
}
