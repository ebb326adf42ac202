using Amble.Behaviours.Crawl;

namespace Amble.App.Pages;

/// <summary><c>/bot</c>: for the owner of a site who found us in a log.</summary>
public static class BotPage
{
    /// <param name="contact">Where the operator can be reached; null when that is not set.</param>
    public static string Write(string? contact) => Layout.Write("About the bot", Html.Of($"""
        <h1>About the bot</h1>
        <p class="lead">If you found <code>{RobotsRules.ProductToken}</code> in your log: somebody crawls your site with it, usually to find its broken links.</p>
        <h2>How it behaves</h2>
        <ul>
        <li>It reads <code>robots.txt</code> first and obeys it (RFC 9309), with <code>Crawl-delay</code> as the least time between requests.</li>
        <li>It starts with one request every two seconds and goes faster only while your site answers well.</li>
        <li>When your site answers 429 or 503 it slows down, and it stays away as long as <code>Retry-After</code> says.</li>
        <li>Everything that it asks for counts: robots.txt, redirects and second tries too.</li>
        </ul>
        <h2>How to keep it out</h2>
        <p>Wholly, or from a part of the site:</p>
        <pre><code>User-agent: {RobotsRules.ProductToken}
        Disallow: /</code></pre>
        <h2>How to slow it down</h2>
        <pre><code>User-agent: {RobotsRules.ProductToken}
        Crawl-delay: 10</code></pre>
        <p>It looks at <code>robots.txt</code> again at least once a day.</p>
        {(contact is null ? Html.None : Html.Of($"""<h2>Who runs it</h2><p>{Parts.Outward(contact)}</p>"""))}
        """));
}
