namespace Amble.App.Export;

/// <summary>
/// What an earlier run found: a link is known by its target and the page that links. A page that links anew to what was broken before is
/// new, because it is a link that somebody has made since and has to mend.
/// </summary>
/// <param name="Links">Links to broken pages.</param>
/// <param name="Wholes">Targets of which not all links were kept: whoever links to one of these is known.</param>
/// <param name="Chains">Redirects of two steps or more.</param>
/// <param name="IsCut">It had more than its format takes, so that what is told as new may not be.</param>
public sealed record Baseline(string File, IReadOnlySet<LinkKey> Links, IReadOnlySet<LinkKey> Wholes, IReadOnlySet<LinkKey> Chains, bool IsCut)
{
    /// <summary>The key of a target as a whole; no page has this name.</summary>
    public static LinkKey Whole(string target) => LinkKey.Of(target, "*");

    /// <summary>Fit to follow "allowed is".</summary>
    public const string Allowed = "a file that `amble export JOB` or `amble crawl --sarif FILE` wrote, JSON or SARIF";
}
