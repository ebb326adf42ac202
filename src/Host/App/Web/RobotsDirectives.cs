using Amble.Behaviours.Crawl;

namespace Amble.App.Web;

// What a page says to robots, in <meta name="robots"> and X-Robots-Tag. All of it adds up: what any of them forbids is forbidden.
// "none" is noindex and nofollow. A directive counts if it is for all robots or for us; a name before a colon says for whom, and holds for
// what follows it in that field value.

/// <summary>The two directives that a crawler that shows no search results obeys or records.</summary>
internal readonly record struct RobotsDirectives(bool NoIndex, bool NoFollow)
{
    public RobotsDirectives With(RobotsDirectives other) => new(NoIndex || other.NoIndex, NoFollow || other.NoFollow);

    /// <param name="name">The meta element's name.</param>
    public static RobotsDirectives OfMeta(ReadOnlySpan<char> name, ReadOnlySpan<char> content) =>
        name.Trim().Equals("robots", StringComparison.OrdinalIgnoreCase) || IsUs(name) ? Read(content) : default;

    /// <param name="value">One field value of X-Robots-Tag.</param>
    public static RobotsDirectives OfHeader(ReadOnlySpan<char> value) => Read(value);

    private static RobotsDirectives Read(ReadOnlySpan<char> text)
    {
        var (noIndex, noFollow, forUs) = (false, false, true);
        foreach (var range in text.Split(','))
        {
            var directive = text[range].Trim();
            var colon = directive.IndexOf(':');
            if (colon >= 0)
            {
                var name = directive[..colon].TrimEnd();
                // These directives carry a value of their own; any other name is a robot's.
                if (name.StartsWith("max-", StringComparison.OrdinalIgnoreCase) || name.Equals("unavailable_after", StringComparison.OrdinalIgnoreCase))
                    continue;
                forUs = IsUs(name);
                directive = directive[(colon + 1)..].TrimStart();
            }
            if (!forUs)
                continue;
            var none = directive.Equals("none", StringComparison.OrdinalIgnoreCase);
            noIndex |= none || directive.Equals("noindex", StringComparison.OrdinalIgnoreCase);
            noFollow |= none || directive.Equals("nofollow", StringComparison.OrdinalIgnoreCase);
        }
        return new(noIndex, noFollow);
    }

    private static bool IsUs(ReadOnlySpan<char> name) => name.Trim().Equals(RobotsRules.ProductToken, StringComparison.OrdinalIgnoreCase);
}
