using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Amble.ScriptedSites;

/// <summary>The options as words of a command line, each followed by its value.</summary>
internal static class OptionWords
{
    private static readonly Dictionary<string, Func<ScriptedSiteOptions, string, ScriptedSiteOptions>> Known = new()
    {
        ["--domains"] = (options, value) => options with { Domains = Whole(value) },
        ["--pages"] = (options, value) => options with { Pages = Whole(value) },
        ["--seed"] = (options, value) => options with { Seed = Whole(value) },
        ["--port"] = (options, value) => options with { Port = Whole(value) },
        ["--latency-ms"] = (options, value) => options with { Latency = TimeSpan.FromMilliseconds(Number(value)) },
        ["--jitter-ms"] = (options, value) => options with { Jitter = TimeSpan.FromMilliseconds(Number(value)) },
        ["--rate"] = (options, value) => options with { Rate = Number(value) },
        ["--burst"] = (options, value) => options with { Burst = Number(value) },
        ["--throttle-status"] = (options, value) => options with { ThrottleStatus = Whole(value) },
        ["--retry-after"] = (options, value) => options with { RetryAfter = RetryAfter.Parse(value) },
        ["--flaky"] = (options, value) => options with { FlakyShare = Number(value) },
        ["--flaky-times"] = (options, value) => options with { FlakyTimes = Whole(value) },
        ["--err"] = (options, value) => options with { ErrorShare = Number(value) },
        ["--hang"] = (options, value) => options with { HangingPaths = value.Split(',', StringSplitOptions.RemoveEmptyEntries) },
        ["--redirects"] = (options, value) => options with { RedirectShare = Number(value) },
        ["--broken"] = (options, value) => options with { BrokenLinks = Whole(value) },
        ["--traps"] = (options, value) => options with { Traps = bool.Parse(value) },
        ["--hostile"] = (options, value) => options with { Hostile = bool.Parse(value) },
        ["--endless-traps"] = (options, value) => options with { EndlessTraps = bool.Parse(value) },
        ["--robots-status"] = (options, value) => options with { RobotsStatus = value == "hang" ? 0 : Whole(value) },
        ["--sitemap"] = (options, value) => options with { Sitemap = bool.Parse(value) },
        ["--sitemap-size"] = (options, value) => options with { SitemapSize = Whole(value) },
        ["--sitemap-gzip"] = (options, value) => options with { SitemapGzip = bool.Parse(value) },
        ["--conditional"] = (options, value) => options with { Conditional = bool.Parse(value) },
        ["--edition"] = (options, value) => options with { Edition = Whole(value) },
        ["--cache"] = (options, value) => options with { Cache = bool.Parse(value) },
        ["--uncached"] = (options, value) => options with { UncachedShare = Number(value) },
        ["--crawl-delay"] = (options, value) => options with { CrawlDelay = TimeSpan.FromSeconds(Number(value)) },
    };

    /// <param name="problem">One sentence: which word, and what is allowed.</param>
    public static bool TryRead(ScriptedSiteOptions start, IReadOnlyList<string> words, out ScriptedSiteOptions options, [NotNullWhen(false)] out string? problem)
    {
        options = start;
        for (var at = 0; at < words.Count; at += 2)
        {
            if (!Known.TryGetValue(words[at], out var set))
            {
                problem = $"'{words[at]}' is not known here; allowed are {string.Join(", ", Known.Keys)}.";
                return false;
            }
            if (at + 1 == words.Count)
            {
                problem = $"'{words[at]}' needs a value.";
                return false;
            }
            try
            {
                options = set(options, words[at + 1]);
            }
            catch (Exception trouble) when (trouble is FormatException or OverflowException)
            {
                problem = $"'{words[at + 1]}' is not a value for {words[at]}.";
                return false;
            }
        }
        problem = null;
        return true;
    }

    private static int Whole(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Number(string value) => double.Parse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
