using System.Globalization;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// With what a page may be asked for next time. Both validators are kept where both are sent: a server that knows ETags looks at nothing
// else, and an old one knows dates only (RFC 9110 section 13.1.3). They are sent back as they came, so only what the standard allows is kept:
// an entity tag in its quotes, weak or not, in ASCII and not absurdly long; a date in the one form that may still be sent. Whoever forbids
// storing (no-store) is asked in full each time.

/// <summary>Which validators of an answer are worth keeping.</summary>
public static class ValidatorRule
{
    private const int LongestTag = 256;

    /// <param name="etag">Raw field value; null when there is none.</param>
    /// <param name="lastModified">Raw field value; null when there is none.</param>
    /// <param name="cacheControl">Raw field values.</param>
    /// <returns>Null when there are none.</returns>
    public static Validators? Judge(string? etag, string? lastModified, IReadOnlyList<string> cacheControl)
    {
        if (ForbidsStoring(cacheControl)) return null;
        var tag = IsTag(etag) ? etag : null;
        var date = DateTime.TryParseExact(lastModified, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? lastModified : null;
        return tag is null && date is null ? null : new Validators(tag, date);
    }

    public static bool ForbidsStoring(IReadOnlyList<string> cacheControl)
    {
        foreach (var value in cacheControl)
        {
            foreach (var directive in FieldList.Split(value))
            {
                if (directive.Equals("no-store", StringComparison.OrdinalIgnoreCase)) return true;
            }
        }
        return false;
    }

    // entity-tag = [ W/ ] DQUOTE *etagc DQUOTE, where etagc is any visible character but the quote (RFC 9110 section 8.8.3).
    private static bool IsTag(string? etag)
    {
        if (etag is null || etag.Length > LongestTag) return false;
        var opaque = etag.AsSpan(etag.StartsWith("W/", StringComparison.Ordinal) ? 2 : 0);
        return opaque is ['"', .. var inner, '"'] && !inner.ContainsAnyExceptInRange('!', '~') && !inner.Contains('"');
    }
}
