namespace Amble.Messages;

/// <summary>
/// How a domain was asked, as the stored requests tell (P-20+); what each figure means exactly stands in PolitenessRule. Instants are those
/// of the node that sent: where a domain moves between nodes, the one gap across the move is as wrong as their clocks differ.
/// </summary>
/// <param name="Refused">Answers 429 and 503.</param>
/// <param name="Failed">Other 5xx, time-outs, cut or refused connections.</param>
/// <param name="FirstAt">When the first request left.</param>
/// <param name="LastAt">When the last one left.</param>
/// <param name="LeastGap">From one start to the next; null with fewer than two requests.</param>
/// <param name="BusiestMinute">Most requests in 60 seconds on end.</param>
/// <param name="Refusals">How often the site began to refuse.</param>
/// <param name="IsQuiet">False when it had not stopped by the last request.</param>
/// <param name="LongestToQuiet">The longest that it took until it refused no more; null when it never stopped, or never began.</param>
/// <param name="Blocks">How often nothing was asked for a while, since the site refused or was in trouble.</param>
/// <param name="Blocked">All of these together.</param>
/// <param name="Settled">The second half of the requests; null when they are too few to tell.</param>
/// <param name="RobotsReadAt">When its robots.txt was last read; null when it never was.</param>
/// <param name="Picture">What a chart of it is drawn from, as PictureText writes it; null when it is not kept.</param>
public sealed record DomainPoliteness(
    DomainName Domain, long Requests, long Refused, long Failed, DateTimeOffset FirstAt, DateTimeOffset LastAt, TimeSpan? LeastGap, int MostInFlight,
    long BusiestMinute, int Refusals, bool IsQuiet, TimeSpan? LongestToQuiet, int Blocks, TimeSpan Blocked, PoliteStretch? Settled,
    DateTimeOffset? RobotsReadAt, string? Picture)
{
    /// <summary>0 to 1.</summary>
    public double RefusedShare => Requests == 0 ? 0 : (double)Refused / Requests;

    /// <summary>The mean over the time from the first to the last start, or over a minute if that is shorter.</summary>
    public double PerMinute => Requests / Math.Max(1, (LastAt - FirstAt).TotalMinutes);

    /// <summary>How old robots.txt was when the last request left; null when it was not read before.</summary>
    public TimeSpan? RobotsAge => RobotsReadAt is { } at && at <= LastAt ? LastAt - at : null;
}

/// <summary>Requests in a row.</summary>
/// <param name="Took">From the beginning of the stretch to its last start.</param>
public sealed record PoliteStretch(long Requests, long Refused, TimeSpan Took)
{
    /// <summary>Requests a second that were not refused; null when they took no time.</summary>
    public double? Rate => Took > TimeSpan.Zero ? (Requests - Refused) / Took.TotalSeconds : null;

    /// <summary>0 to 1.</summary>
    public double RefusedShare => Requests == 0 ? 0 : (double)Refused / Requests;
}
