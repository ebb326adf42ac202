using System.Globalization;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>What became of a URL, in words that fit a table.</summary>
public static class VisitWords
{
    /// <param name="status">HTTP status, or minus the <see cref="FetchFailure"/>; null when it was never asked.</param>
    public static string Outcome(int? status, string? error) => status switch
    {
        > 0 => status.Value.ToString(CultureInfo.InvariantCulture),
        < 0 => Failure((FetchFailure)(-status.Value)),
        _ => error ?? "not asked",
    };

    public static string Failure(FetchFailure failure) => failure switch
    {
        FetchFailure.Timeout => "no answer in time",
        FetchFailure.ConnectionCut => "connection cut",
        FetchFailure.ConnectionRefused => "connection refused",
        FetchFailure.NoSuchHost => "no such host",
        FetchFailure.Tls => "TLS failed",
        FetchFailure.AddressNotAllowed => "address not allowed",
        FetchFailure.TooLarge => "too large",
        FetchFailure.BadAnswer => "not proper HTTP",
        _ => "failed",
    };

    public static string Reason(ExclusionReason reason) => reason switch
    {
        ExclusionReason.Robots => "robots.txt",
        ExclusionReason.RobotsUnreachable => "robots.txt unreachable",
        ExclusionReason.Depth => "depth limit",
        ExclusionReason.PageLimit => "page limit",
        ExclusionReason.Include => "not included",
        ExclusionReason.Exclude => "excluded",
        ExclusionReason.TooManyRedirects => "too many redirects",
        ExclusionReason.TrapRepeatedSegments => "trap: repeated segments",
        ExclusionReason.TrapDeepPath => "trap: path too deep",
        ExclusionReason.TrapSession => "trap: another session id",
        ExclusionReason.TrapQueryOrder => "trap: another order of parameters",
        ExclusionReason.TrapQueries => "trap: too many queries",
        ExclusionReason.TrapQueryFilters => "trap: too many filters",
        ExclusionReason.TrapCalendar => "trap: too many dates",
        ExclusionReason.TrapPrefix => "trap: too many under one path",
        _ => "other",
    };
}
