using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// Whether a search engine would list a page, as far as the page says. Only what was answered well is listed. A noindex keeps it out, from
// wherever it comes. Else a canonical URL other than its own gives the place to that one.

/// <summary>What a search engine would make of a page.</summary>
public enum Indexability { Indexable = 0, NotOk = 1, NoIndex = 2, CanonicalElsewhere = 3 }

/// <summary>Decides it.</summary>
public static class IndexabilityRule
{
    /// <param name="canonical">Resolved; null when the page names none.</param>
    public static Indexability Judge(StatusClass @class, bool noIndex, string? canonical, PageUrl url) =>
        @class != StatusClass.Ok ? Indexability.NotOk
        : noIndex ? Indexability.NoIndex
        : canonical is not null && canonical != url.Text ? Indexability.CanonicalElsewhere
        : Indexability.Indexable;
}
