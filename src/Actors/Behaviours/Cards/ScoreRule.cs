namespace Amble.Behaviours.Cards;

/// <summary>
/// The score: of a hundred pages that were asked for and not refused, how many a reader gets. Refused pages say nothing about the site's
/// readers. It is rounded down, so that 100 means every page, and 99 is told with one broken of a million.
/// </summary>
public static class ScoreRule
{
    /// <returns>0 to 100; null where there was no page to judge.</returns>
    public static int? Of(PageCounts pages)
    {
        var reached = pages.Ok + pages.Redirected;
        var judged = reached + pages.Broken + pages.Unknown;
        return judged == 0 ? null : (int)((Int128)reached * 100 / judged);
    }
}
