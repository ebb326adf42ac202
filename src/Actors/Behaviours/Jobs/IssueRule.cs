using Amble.Behaviours.Ports;

namespace Amble.Behaviours.Jobs;

/// <summary>
/// What may be wrong with a page that was ok; it may be several things at once. Whatever it is: it took over a second; it says noindex;
/// its canonical URL is another page. If it is HTML, also: it has no title, or one of over 70 characters, which results cut; no
/// description; no h1, or more than one; fewer than 50 words. What is not known of it is no issue.
/// </summary>
public static class IssueRule
{
    /// <summary>Longer is slow, in milliseconds.</summary>
    public const int MostMilliseconds = 1_000;

    /// <summary>More characters are too many for a title.</summary>
    public const int MostTitle = 70;

    /// <summary>Fewer are few.</summary>
    public const int LeastWords = 50;

    public static IEnumerable<PageIssue> Judge(JudgedContent page, int milliseconds)
    {
        if (milliseconds > MostMilliseconds) yield return PageIssue.Slow;
        if (page.NoIndex) yield return PageIssue.NoIndex;
        if (page.Canonical is { } canonical && canonical != page.Url) yield return PageIssue.CanonicalElsewhere;
        if (!IsHtml(page.ContentType)) yield break;

        if (string.IsNullOrWhiteSpace(page.Title)) yield return PageIssue.NoTitle;
        else if (page.Title.Length > MostTitle) yield return PageIssue.LongTitle;
        if (page.Facts is not { } facts) yield break;
        if (string.IsNullOrWhiteSpace(facts.Description)) yield return PageIssue.NoDescription;
        if (facts.Headings == 0) yield return PageIssue.NoHeading;
        if (facts.Headings > 1) yield return PageIssue.SeveralHeadings;
        if (facts.Words < LeastWords) yield return PageIssue.FewWords;
    }

    private static bool IsHtml(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        if (end >= 0) type = type[..end];
        type = type.Trim();
        return type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase);
    }
}
