namespace Amble.Messages;

/// <summary>At most 500 URLs of a sitemap, handed over to be stored while the rest is still to be read.</summary>
/// <param name="Number">From 0; the same URLs come in the same part when the file is read again unchanged.</param>
public sealed record FoundPart(int Number, IReadOnlyList<FoundUrl> Found, IReadOnlyList<(PageUrl Url, ExclusionReason Why)> Excluded);

/// <summary>What was read in one sitemap file (sitemaps.org).</summary>
/// <param name="Urls">Pages of the job's own site that it lists, those that a limit keeps out among them.</param>
/// <param name="Files">Sitemaps that it lists, when it is an index.</param>
/// <param name="OtherSites">URLs of other sites; they are not looked at.</param>
/// <param name="Problem">What is wrong with it, in one sentence; what was read before it counts all the same. Null when all is well.</param>
public sealed record SitemapContent(int Urls, int Files, int OtherSites, string? Problem);

/// <summary>What became of a sitemap unit; a sitemap is never a visit.</summary>
/// <param name="Class">Decides whether a retry of the job asks for it again.</param>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>; null when it was never asked.</param>
public sealed record SitemapEnd(UnitKey Key, StatusClass Class, int? Status, SitemapContent Content);
