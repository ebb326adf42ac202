namespace Amble.App.Web;

// Some answers are not the site's but a guard's: "prove that you are no robot". They say nothing about the page.
// A guard that names itself in a header is believed at any status; otherwise the status must be 403, 429 or 503 and the body must carry a
// mark that only the guard's own page has.

/// <summary>Recognises bot challenges.</summary>
public static class ChallengeRule
{
    /// <summary>A longer body need not be looked at: guards put their marks at the beginning.</summary>
    public const int Looked = 64 << 10;

    private static readonly (string Line, string Vendor)[] Headers =
    [
        ("cf-mitigated: challenge", "Cloudflare"),
        ("x-amzn-waf-action: challenge", "AWS WAF"),
        ("x-amzn-waf-action: captcha", "AWS WAF"),
        ("x-vercel-mitigated: challenge", "Vercel"),
    ];

    private static readonly (string Mark, string Vendor)[] Bodies =
    [
        ("/cdn-cgi/challenge-platform/", "Cloudflare"),
        ("cf-browser-verification", "Cloudflare"),
        ("_cf_chl_opt", "Cloudflare"),
        ("captcha-delivery.com", "DataDome"),
        ("px-captcha", "HUMAN"),
        ("_Incapsula_Resource", "Imperva"),
        ("sucuri_cloudproxy_js", "Sucuri"),
        ("awsWafCookieDomainList", "AWS WAF"),
        ("sec-if-cpt-container", "Akamai"),
        ("/.well-known/ddos-guard/", "DDoS-Guard"),
        ("anubis_challenge", "Anubis"),
        ("/_guard/html.js", "StackPath"),
    ];

    /// <summary>Whether the body has to be looked at.</summary>
    public static bool NeedsBody(int status) => status is 403 or 429 or 503;

    /// <param name="headers">Lines of "name: value".</param>
    /// <param name="body">The beginning of the body; empty when it was not read.</param>
    /// <returns>The vendor; null when this is no challenge.</returns>
    public static string? Recognise(int status, string headers, string body)
    {
        foreach (var line in headers.AsSpan().EnumerateLines())
        {
            foreach (var (mark, vendor) in Headers)
            {
                if (line.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
                    return vendor;
            }
        }
        if (!NeedsBody(status))
            return null;
        foreach (var (mark, vendor) in Bodies)
        {
            if (body.Contains(mark, StringComparison.Ordinal))
                return vendor;
        }
        return null;
    }
}
