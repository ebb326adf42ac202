using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>Parts of a canonical URL that budgets are kept for.</summary>
internal static class UrlShape
{
    /// <summary>Scheme, host and port.</summary>
    public static ReadOnlySpan<char> OriginOf(PageUrl url) => url.Text.AsSpan(0, PathAt(url));

    /// <summary>Begins with a slash, ends before the query.</summary>
    public static ReadOnlySpan<char> PathOf(PageUrl url)
    {
        var path = url.Text.AsSpan(PathAt(url));
        var query = path.IndexOf('?');
        return query < 0 ? path : path[..query];
    }

    /// <summary>Without its question mark; empty when there is none.</summary>
    public static ReadOnlySpan<char> QueryOf(PageUrl url)
    {
        var query = url.Text.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? default : url.Text.AsSpan(query + 1);
    }

    /// <summary>The first segment with its slashes; a slash for what lies at the top.</summary>
    public static ReadOnlySpan<char> PrefixOf(PageUrl url)
    {
        var path = PathOf(url);
        var end = path[1..].IndexOf('/') + 1;
        return path[..(end + 1)];
    }

    /// <summary>The same for every order of the same parameters.</summary>
    public static long KeyInAnyOrder(PageUrl url)
    {
        var sum = 0L;
        var query = QueryOf(url);
        foreach (var range in query.Split('&'))
            sum += StableHash.Of(query[range]).Value;
        return StableHash.Of("order").And(OriginOf(url)).And(PathOf(url)).And(sum).Value;
    }

    // The first slash behind "http://" or "https://" and one character at least.
    private static int PathAt(PageUrl url) => url.Text.IndexOf('/', "https://".Length);
}
