using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Amble.ScriptedSites;

/// <summary>An answer, when it is given, and the page's bytes where it is one.</summary>
internal sealed record SiteReply(SiteAnswer Answer, TimeSpan After, byte[]? Bytes = null)
{
    public static SiteReply Hang { get; } = new(new SiteAnswer(0) { Cut = true }, TimeSpan.FromMinutes(1));

    public static SiteReply Throttled(ScriptedSiteOptions options, TimeSpan untilToken, DateTimeOffset now, TimeSpan wait) =>
        options.RetryAfter.Header(untilToken, now) is { } value
            ? new SiteReply(new SiteAnswer(options.ThrottleStatus, "Too many requests.") { Headers = new Dictionary<string, string> { ["Retry-After"] = value } }, wait)
            : new SiteReply(new SiteAnswer(options.ThrottleStatus, "Too many requests."), wait);

    public static SiteReply Page(ScriptedSiteOptions options, SiteRequest request, int page, Func<byte[]> write, TimeSpan wait) =>
        SitePlan.FateOf(options, request.Domain, page) switch
        {
            PageFate.Error => new SiteReply(new SiteAnswer(500, "This page always fails."), wait),
            PageFate.Flaky when request.Nth <= options.FlakyTimes => new SiteReply(new SiteAnswer(503, "Not now."), wait),
            _ => new SiteReply(SiteCaching.Answer(options, request, page), wait, write()),
        };

    /// <summary>What is not a page: robots.txt, redirects, what robots.txt keeps out, and what is not there.</summary>
    public static SiteAnswer Other(ScriptedSiteOptions options, string path, string authority)
    {
        if (path == "/robots.txt")
        {
            return options.RobotsStatus == 200 ? new SiteAnswer(200, Robots(options, authority), "text/plain") : new SiteAnswer(options.RobotsStatus, "", "text/plain");
        }
        if (path.StartsWith("/old/", StringComparison.Ordinal) && SitePlan.PageAt($"/p/{path[5..]}", options.Pages) is { } page)
        {
            return new SiteAnswer(301) { Headers = new Dictionary<string, string> { ["Location"] = SitePlan.PathOf(page) } };
        }
        // A calendar has no last day.
        return SitePlan.IsDisallowed(path) ? new SiteAnswer(200, $"<a href=\"{path}1\">Next</a>") : new SiteAnswer(404, "Nothing is here.");
    }

    public static async Task WriteAsync(SiteReply reply, HttpContext context)
    {
        var bytes = reply.Bytes ?? Encoding.UTF8.GetBytes(reply.Answer.Body);
        context.Response.StatusCode = reply.Answer.Status;
        context.Response.ContentType = reply.Answer.ContentType;
        foreach (var (name, value) in reply.Answer.Headers)
        {
            context.Response.Headers[name] = value;
        }
        if (reply.Answer.Status is not (204 or 304))
        {
            context.Response.ContentLength = bytes.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            }
        }
    }

    private static string Robots(ScriptedSiteOptions options, string authority)
    {
        var delay = options.CrawlDelay > TimeSpan.Zero ? $"Crawl-delay: {options.CrawlDelay.TotalSeconds.ToString(CultureInfo.InvariantCulture)}\n" : "";
        return $"User-agent: *\nDisallow: /private/\nDisallow: /cal/\n{delay}{(options.Sitemap ? $"Sitemap: http://{authority}/sitemap.xml\n" : "")}";
    }
}
