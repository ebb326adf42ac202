using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// Session ids in URLs: a path parameter (;jsessionid=…), a segment as ASP.NET writes it, /(S(…))/, or a query parameter of a usual name
/// whose value is long enough to be an id and not a choice.
/// </summary>
internal static class SessionMark
{
    private const int ShortestId = 16;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _names = new HashSet<string>(
        ["jsessionid", "phpsessid", "sid", "sessid", "sessionid", "session_id", "session", "oscsid", "zenid", "cftoken", "aspsessionid"],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The key of the URL without its session id; null when it has none.</summary>
    public static long? KeyWithout(PageUrl url)
    {
        var isMarked = false;
        var key = StableHash.Of("session").And(UrlShape.OriginOf(url));
        var path = UrlShape.PathOf(url);
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            if (segment.StartsWith("(") && segment.EndsWith("))") && segment.Contains("S(", StringComparison.Ordinal))
            {
                isMarked = true;
                continue;
            }
            var parameter = segment.IndexOf(';');
            if (parameter >= 0 && IsId(segment[(parameter + 1)..]))
            {
                isMarked = true;
                segment = segment[..parameter];
            }
            key = key.And(segment);
        }
        var sum = 0L;
        var query = UrlShape.QueryOf(url);
        foreach (var range in query.Split('&'))
        {
            if (IsId(query[range])) isMarked = true;
            else if (query[range].Length > 0) sum += StableHash.Of(query[range]).Value;
        }
        return isMarked ? key.And(sum).Value : null;
    }

    private static bool IsId(ReadOnlySpan<char> parameter)
    {
        var equals = parameter.IndexOf('=');
        if (equals < 0 || parameter.Length - equals - 1 < ShortestId) return false;
        var name = parameter[..equals];
        // ASP appends letters of its own to the name.
        return _names.Contains(name) || name.StartsWith("ASPSESSIONID", StringComparison.OrdinalIgnoreCase);
    }
}
