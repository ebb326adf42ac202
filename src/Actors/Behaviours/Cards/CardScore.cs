namespace Amble.Behaviours.Cards;

/// <summary>
/// The score of a crawl: of the pages that lead nowhere else, the share that can be read, from 0 to 100, cut and never rounded up, so that
/// 100 means all. A page that only we were refused says nothing about its readers and does not count. Null when no page counts.
/// </summary>
public static class CardScore
{
    public static int? Of(long ok, long broken, long unknown)
    {
        var all = ok + broken + unknown;
        return all <= 0 ? null : (int)(ok * 100 / all);
    }
}
