using Amble.Messages;

namespace Amble.Behaviours.Jobs;

/// <summary>
/// What a redirect is to a reader: one step, several, a circle, or a way to something broken. Worst first: what never arrives, then what
/// ends broken, then more steps before fewer; among equals, what was found first.
/// </summary>
public static class RedirectShape
{
    /// <summary>It comes back to where it was.</summary>
    public static bool IsLoop(ReportPage redirect) =>
        redirect.Chain.Any(hop => hop.Url.Equals(redirect.Url)) || redirect.Chain.Select(hop => hop.Url.Text).Distinct(StringComparer.Ordinal).Count() < redirect.Chain.Count;

    /// <summary>More than one step before the page is there.</summary>
    public static bool IsChain(ReportPage redirect) => redirect.Chain.Count > 1 && !IsLoop(redirect);

    public static bool EndsBroken(ReportPage redirect) => redirect.Chain is [.., { Class: StatusClass.Broken }];

    /// <summary>The same redirects, worst first, ranked from 0.</summary>
    public static IReadOnlyList<ReportPage> WorstFirst(IEnumerable<ReportPage> redirects) =>
        [.. redirects.OrderBy(Harm).ThenByDescending(redirect => redirect.Chain.Count).Select((redirect, rank) => redirect with { Rank = rank })];

    private static int Harm(ReportPage redirect) => IsLoop(redirect) ? 0 : EndsBroken(redirect) ? 1 : 2;

    /// <summary>In words that fit a chip.</summary>
    public static string Words(ReportPage redirect) => redirect switch
    {
        _ when IsLoop(redirect) => "goes in a circle",
        _ when EndsBroken(redirect) => "ends broken",
        { Chain.Count: > 1 } => $"{redirect.Chain.Count} steps",
        { Chain: [{ Class: null }] } => "not followed",
        _ => "one step",
    };
}
