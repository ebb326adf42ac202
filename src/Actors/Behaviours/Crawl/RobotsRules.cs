using System.Collections.Immutable;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// The rules of one origin, for one crawler (RFC 9309).
// All groups that name the crawler count as one; only where none does, the groups of "*" do.
// The longest pattern that matches a path decides; of two equally long ones the allowing one. No match allows.
// An escaped character that needed no escape is the same character in a Disallow, but only itself in an Allow: in doubt we stay out.
// The robots.txt itself is always allowed.

/// <summary>What one crawler may ask of one origin.</summary>
public sealed class RobotsRules
{
    /// <summary>The crawler's name in robots.txt (RFC 9309 section 2.2.1).</summary>
    public const string ProductToken = "AmbleBot";

    private readonly ImmutableArray<Rule> _rules;

    internal RobotsRules(IEnumerable<(bool Allow, string Pattern)> rules, TimeSpan? crawlDelay, IReadOnlyList<string> sitemaps)
    {
        // The first match of this order is the longest, so a lookup ends there.
        _rules = [.. rules.Distinct().OrderByDescending(r => r.Pattern.Length).ThenByDescending(r => r.Allow).Select(r => new Rule(r.Allow, r.Pattern))];
        CrawlDelay = crawlDelay;
        Sitemaps = sitemaps;
    }

    /// <summary>No rules: everything is allowed.</summary>
    public static RobotsRules AllowAll { get; } = new([], null, []);

    /// <summary>Nothing but the robots.txt is allowed.</summary>
    public static RobotsRules DisallowAll { get; } = new([(false, "/")], null, []);

    /// <summary>The longest Crawl-delay of the groups that count; null when there is none. At most one day.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <summary>Values of all Sitemap lines as written, each once; they belong to no group.</summary>
    public IReadOnlyList<string> Sitemaps { get; }

    /// <summary>Reads a robots.txt; never fails, because what is not understood is skipped (RFC 9309 section 2.2).</summary>
    /// <param name="text">At most the first 500 KiB, decoded as UTF-8.</param>
    /// <param name="productToken">The crawler's name, compared without case.</param>
    public static RobotsRules Parse(string text, string productToken) => RobotsReader.Read(text, productToken);

    /// <summary>The rules that a stored answer stands for.</summary>
    public static RobotsRules Of(RobotsRecord record) =>
        !record.Reachable ? DisallowAll : record.Body is null ? AllowAll : Parse(record.Body, ProductToken);

    /// <param name="pathAndQuery">Canonical, as in <see cref="PageUrl.PathAndQuery"/>.</param>
    public bool Allows(string pathAndQuery)
    {
        if (_rules.Length == 0 || pathAndQuery == "/robots.txt")
            return true;
        var written = RobotsPattern.UpperEscapes(pathAndQuery);
        var decoded = RobotsPattern.Decode(written);
        foreach (var rule in _rules)
        {
            if (rule.Matches(written, decoded))
                return rule.Allow;
        }
        return true;
    }

    private sealed class Rule(bool allow, string pattern)
    {
        private readonly RobotsPattern _pattern = new(allow ? pattern : RobotsPattern.Decode(pattern));

        public bool Allow => allow;

        public bool Matches(string written, string decoded) => _pattern.Matches(allow ? written : decoded);
    }
}
