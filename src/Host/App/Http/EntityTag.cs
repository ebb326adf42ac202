using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Amble.App.Http;

/// <summary>If-None-Match (RFC 9110 section 13.1.2): a list of tags, strong or weak, in one field or several, or a star. They are compared weakly.</summary>
public static class EntityTag
{
    /// <param name="given">The fields of the request.</param>
    /// <param name="etag">A strong tag with its quotes.</param>
    public static bool Matches(StringValues given, string etag)
    {
        if (given.Count == 0) return false;
        // One list that cannot be read matches nothing: the page is sent whole.
        return EntityTagHeaderValue.TryParseList(given, out var tags) && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == etag);
    }
}
