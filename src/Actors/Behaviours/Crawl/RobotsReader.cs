using System.Globalization;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// Reads the lines of a robots.txt (RFC 9309 section 2.2). Only Allow and Disallow end a run of User-agent lines; Sitemap, Crawl-delay and
/// unknown lines do not. Common misspellings of Disallow are obeyed: obeying too much harms nobody.
/// </summary>
internal sealed class RobotsReader
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly string _productToken;
    private readonly Group _ours = new();
    private readonly Group _everyones = new();
    private readonly List<string> _sitemaps = [];
    private readonly HashSet<string> _seenSitemaps = [];
    private bool _named;
    private bool _inOurs;
    private bool _inEveryones;
    private bool _agentsEnded;

    private RobotsReader(string productToken) => _productToken = productToken;

    public static RobotsRules Read(string text, string productToken)
    {
        var reader = new RobotsReader(productToken);
        foreach (var line in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
            reader.ReadLine(line);
        var group = reader._named ? reader._ours : reader._everyones;
        return new RobotsRules(group.Rules, group.CrawlDelay, reader._sitemaps);
    }

    private void ReadLine(ReadOnlySpan<char> line)
    {
        var comment = line.IndexOf('#');
        if (comment >= 0)
            line = line[..comment];
        line = line.Trim();
        var colon = line.IndexOf(':');
        if (colon < 0)
            colon = SpaceForColon(line);
        if (colon <= 0)
            return;
        var value = line[(colon + 1)..].Trim();
        Span<char> key = stackalloc char[16];
        switch (line[..colon].Trim() is { Length: <= 16 } name ? key[..name.ToLowerInvariant(key)] : [])
        {
            case "user-agent" or "useragent" or "user agent":
                BeginGroup(value);
                break;
            case "allow":
                Add(allow: true, value);
                break;
            case "disallow" or "dissallow" or "dissalow" or "disalow" or "diasllow" or "disallaw":
                Add(allow: false, value);
                break;
            case "crawl-delay" or "crawldelay":
                Slow(value);
                break;
            case "sitemap" or "site-map" when value.Length > 0:
                if (_seenSitemaps.Add(value.ToString()))
                    _sitemaps.Add(value.ToString());
                break;
        }
    }

    // "Disallow /x" is a rule whose colon was forgotten; "please disallow /x" is prose.
    private static int SpaceForColon(ReadOnlySpan<char> line)
    {
        var space = line.IndexOfAny(' ', '\t');
        return space > 0 && line[space..].Trim().IndexOfAny(' ', '\t') < 0 ? space : -1;
    }

    private void BeginGroup(ReadOnlySpan<char> agent)
    {
        if (_agentsEnded)
        {
            _inOurs = _inEveryones = _agentsEnded = false;
        }
        if (agent.Length > 0 && agent[0] == '*' && (agent.Length == 1 || char.IsWhiteSpace(agent[1])))
        {
            _inEveryones = true;
            return;
        }
        // The token ends at the first character that it cannot hold, so that "AmbleBot/1.0" is AmbleBot.
        var length = 0;
        while (length < agent.Length && (char.IsAsciiLetter(agent[length]) || agent[length] is '-' or '_'))
            length++;
        if (length > 0 && agent[..length].Equals(_productToken, StringComparison.OrdinalIgnoreCase))
            _named = _inOurs = true;
    }

    private void Add(bool allow, ReadOnlySpan<char> pattern)
    {
        _agentsEnded = true;
        if (pattern.IsEmpty || !(_inOurs || _inEveryones))
            return;
        var rule = (allow, RobotsPattern.Normalise(pattern.ToString()));
        if (_inOurs)
            _ours.Rules.Add(rule);
        if (_inEveryones)
            _everyones.Rules.Add(rule);
    }

    private void Slow(ReadOnlySpan<char> value)
    {
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || !double.IsFinite(seconds))
            return;
        var delay = seconds >= LongestDelay.TotalSeconds ? LongestDelay : TimeSpan.FromSeconds(seconds);
        if (_inOurs)
            _ours.Slow(delay);
        if (_inEveryones)
            _everyones.Slow(delay);
    }

    private sealed class Group
    {
        public List<(bool Allow, string Pattern)> Rules { get; } = [];

        public TimeSpan? CrawlDelay { get; private set; }

        public void Slow(TimeSpan delay) => CrawlDelay = CrawlDelay is { } known && known > delay ? known : delay;
    }
}
