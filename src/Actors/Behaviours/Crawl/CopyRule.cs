using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// What a 304 means: the page is what it was at the visit that is stored. Its links count for the job that asks now, by that job's scope and at
// the depth at which the page lies in it. Robots directives that come with the 304 add to those that were stored: what either forbids is
// forbidden. The validators are the stored ones, which the site has just confirmed.

/// <summary>A page's content from its stored copy.</summary>
public static class CopyRule
{
    /// <param name="noIndex">Said with the 304.</param>
    /// <param name="noFollow">Said with the 304.</param>
    public static PageContent Content(PageCopy copy, PageUrl url, int depth, ScopeRule scope, bool noIndex, bool noFollow)
    {
        var canonical = copy.Canonical is { } text ? PageUrl.FromStored(text) : null;
        var obeyed = copy.NoFollow || noFollow;
        var (found, excluded) = FoundRule.Judge([.. OutlinksPack.Unpack(copy.Outlinks)], canonical, obeyed, url, depth, scope);
        return new PageContent(copy.Title, copy.Canonical, copy.NoIndex || noIndex, obeyed, found, excluded, copy.OutlinkCount, copy.Outlinks) { Facts = copy.Facts };
    }
}
