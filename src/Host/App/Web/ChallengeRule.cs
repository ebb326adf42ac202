namespace Amble.App.Web;

// Some answers are not the site's but a guard's: "prove that you are no robot". They say nothing about the page.
// A guard that names itself in a header of its own is believed at any status: those headers are documented to mean just that.
// At a status that refuses, the body must have what only the guard's own page has. What guards put into the site's own pages proves nothing,
// a 403 of the site's own among them: Cloudflare's /cdn-cgi/challenge-platform/scripts/jsd/, Imperva's script at /_Incapsula_Resource,
// DataDome's and HUMAN's tags.
// Some guards answer 200. There only short pages are looked at, and only for a tag of the guard's page: who writes about such a page
// cannot but escape its tags.

/// <summary>Recognises the challenge pages of known guards.</summary>
public static class ChallengeRule
{
    /// <summary>Bytes of a refusal's body that are looked at: guards put their marks at the beginning.</summary>
    public const int Looked = 64 << 10;

    /// <summary>A page that was answered well is looked at only when it has no more bytes: guards' pages are short.</summary>
    public const int ShortPage = 32 << 10;

    private static readonly (string Name, string Value, string Vendor)[] Headers =
    [
        // developers.cloudflare.com: "Detect a Challenge Page response".
        ("cf-mitigated", "challenge", "Cloudflare"),
        // docs.aws.amazon.com: "CAPTCHA and Challenge action behavior"; with 202 and 405.
        ("x-amzn-waf-action", "challenge", "AWS WAF"),
        ("x-amzn-waf-action", "captcha", "AWS WAF"),
        ("x-vercel-mitigated", "challenge", "Vercel"),
        ("sg-captcha", "challenge", "SiteGround"),
    ];

    private static readonly (string Mark, string Vendor)[] Refusals =
    [
        ("_cf_chl_opt", "Cloudflare"),
        ("/orchestrate/chl_page/", "Cloudflare"),
        ("cf-browser-verification", "Cloudflare"),
        ("captcha-delivery.com/", "DataDome"),
        ("px-captcha", "HUMAN"),
        ("Incapsula incident ID", "Imperva"),
        ("id=\"main-iframe\" src=\"/_Incapsula_Resource?", "Imperva"),
        ("sucuri_cloudproxy_js", "Sucuri"),
        ("awsWafCookieDomainList", "AWS WAF"),
        ("window.gokuProps", "AWS WAF"),
        ("sec-if-cpt-container", "Akamai"),
        ("\"sec-cp-challenge\"", "Akamai"),
        ("window.KPSDK", "Kasada"),
        ("/.well-known/ddos-guard/", "DDoS-Guard"),
        ("anubis_challenge", "Anubis"),
        ("/_guard/html.js", "StackPath"),
    ];

    /// <summary>Whether the body has to be looked at.</summary>
    public static bool NeedsBody(int status) => status is 401 or 403 or 405 or 428 or 429 or 503;

    /// <param name="headers">Lines of "name: value".</param>
    /// <param name="body">The beginning of the body; empty when it was not read.</param>
    /// <returns>The vendor; null when this is no challenge.</returns>
    public static string? Recognise(int status, string headers, string body)
    {
        foreach (var line in headers.AsSpan().EnumerateLines())
        {
            foreach (var (name, value, vendor) in Headers)
            {
                if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                    && line[(name.Length + 1)..].Trim().Equals(value, StringComparison.OrdinalIgnoreCase))
                {
                    return vendor;
                }
            }
        }
        if (!NeedsBody(status))
            return null;
        foreach (var (mark, vendor) in Refusals)
        {
            if (body.Contains(mark, StringComparison.Ordinal))
                return vendor;
        }
        return null;
    }

    /// <summary>Whose challenge a page is that was answered well; null when it is the site's own.</summary>
    /// <param name="page">The whole body, decompressed.</param>
    public static string? RecognisePage(ReadOnlySpan<byte> page) =>
        page.Length > ShortPage ? null
        : page.IndexOf("<iframe id=\"main-iframe\" src=\"/_Incapsula_Resource?"u8) >= 0 ? "Imperva"
        : page.IndexOf("<div id=\"sec-if-cpt-container\""u8) >= 0 ? "Akamai"
        : page.IndexOf("<script id=\"anubis_challenge\""u8) >= 0 ? "Anubis"
        : page.IndexOf("<title>You are being redirected...</title>"u8) >= 0 && page.IndexOf("sucuri_cloudproxy_js"u8) >= 0 ? "Sucuri"
        : page.IndexOf("<meta http-equiv=\"refresh\" content=\"0;/.well-known/sgcaptcha/"u8) >= 0 ? "SiteGround"
        : null;
}
