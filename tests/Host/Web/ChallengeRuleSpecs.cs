using System.Text;
using Amble.App.Web;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

/// <summary>The matrix of challenge pages: each guard at each status that it answers with, then what only looks like one.</summary>
[Trait("Seeds", "P-14+")]
public class ChallengeRuleSpecs
{
    private const string Incapsula =
        "<html><head><META NAME=\"ROBOTS\" CONTENT=\"NOINDEX\"></head><body><iframe id=\"main-iframe\" src=\"/_Incapsula_Resource?SWUDNSAI=31\">Request unsuccessful. Incapsula incident ID: 1-2</iframe></body></html>";

    // Status, header lines, body, vendor.
    public static TheoryData<int, string, string, string> Challenges => new()
    {
        { 403, "Server: cloudflare\nCF-Mitigated: challenge\n", "", "Cloudflare" },
        { 429, "cf-mitigated:challenge\n", "", "Cloudflare" },
        { 200, "cf-mitigated: challenge\n", "", "Cloudflare" },
        { 503, "", "<script>window._cf_chl_opt={cvId:'3'}</script>", "Cloudflare" },
        { 403, "", "<script src=\"/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=1\"></script>", "Cloudflare" },
        { 503, "", "<div class=\"cf-browser-verification\">", "Cloudflare" },
        { 202, "x-amzn-waf-action: challenge\n", "", "AWS WAF" },
        { 405, "x-amzn-waf-action: captcha\n", "", "AWS WAF" },
        { 405, "", "<script>window.awsWafCookieDomainList = [];window.gokuProps = {}</script>", "AWS WAF" },
        { 428, "", "{\"sec-cp-challenge\": \"true\",\"provider\":\"crypto\"}", "Akamai" },
        { 403, "", "<div id=\"sec-if-cpt-container\"></div>", "Akamai" },
        { 403, "X-Iinfo: 1-2\n", Incapsula, "Imperva" },
        { 403, "", "Request unsuccessful. Incapsula incident ID: 1-2", "Imperva" },
        { 403, "", "<script>var dd={'host':'geo.captcha-delivery.com'}</script><script src=\"https://ct.captcha-delivery.com/c.js\">", "DataDome" },
        { 401, "", "{\"url\":\"https://geo.captcha-delivery.com/captcha/?initialCid=1\"}", "DataDome" },
        { 403, "", "<div id=\"px-captcha\"></div>", "HUMAN" },
        { 429, "x-kpsdk-ct: 0\n", "<script>window.KPSDK={};KPSDK.now=1</script><script src=\"/1/2/ips.js?x\">", "Kasada" },
        { 503, "", "<title>You are being redirected...</title><script>sucuri_cloudproxy_js='',S='YT0n'", "Sucuri" },
        { 429, "x-vercel-mitigated: challenge\n", "", "Vercel" },
        { 202, "SG-Captcha: challenge\n", "", "SiteGround" },
        { 403, "", "<script src=\"/.well-known/ddos-guard/js-challenge/index.js\">", "DDoS-Guard" },
        { 503, "", "<script id=\"anubis_challenge\" type=\"application/json\">", "Anubis" },
        { 403, "", "<script src=\"/_guard/html.js?js=easy_click_html\">", "StackPath" },
    };

    // Status, header lines, body.
    public static TheoryData<int, string, string> Own => new()
    {
        { 403, "", "Forbidden" },
        { 403, "Server: cloudflare\nCF-RAY: 1-FRA\nCF-Mitigated: block\n", "<h1>Sorry, you have been blocked</h1>" },
        // What guards put into the site's own pages, error pages too.
        { 403, "CF-RAY: 1-FRA\n", "<h1>Members only</h1><script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';</script>" },
        { 403, "X-Iinfo: 1-2\nX-CDN: Incapsula\n", "<h1>Members only</h1><script src=\"/_Incapsula_Resource?SWJIYLWA=719\"></script>" },
        { 403, "X-DataDome: protected\n", "<h1>Members only</h1><script src=\"https://js.datadome.co/tags.js\"></script>" },
        { 403, "", "<h1>Members only</h1><script>window._pxAppId = 'PX1';</script>" },
        { 429, "x-kpsdk-ct: 0\nRetry-After: 3\n", "Too many requests" },
        { 403, "Server: AkamaiGHost\n", "<H1>Access Denied</H1> Reference #18.1 https://errors.edgesuite.net/18.1" },
        { 403, "X-Sucuri-ID: 11005\n", "<title>Sucuri WebSite Firewall - Access Denied</title>" },
        // Statuses that refuse nothing: what the body says of guards is the site's own text.
        { 404, "", "<script>window._cf_chl_opt={}</script>" },
        { 200, "X-About: cf-mitigated: challenge\n", "captcha-delivery.com/ px-captcha window.KPSDK" },
        { 500, "cf-mitigated-by: challenge\n", "sucuri_cloudproxy_js" },
    };

    // A page that was answered well, and the vendor; null is the site's own.
    public static TheoryData<string, string?> Pages => new()
    {
        { Incapsula, "Imperva" },
        { "<div id=\"sec-if-cpt-container\"></div><p>Powered and protected by</p>", "Akamai" },
        { "<script id=\"anubis_challenge\" type=\"application/json\">{}</script>", "Anubis" },
        { "<html><title>You are being redirected...</title><script>var s={},sucuri_cloudproxy_js='';</script>", "Sucuri" },
        { "<html><head><meta http-equiv=\"refresh\" content=\"0;/.well-known/sgcaptcha/?r=%2F\"></meta></head></html>", "SiteGround" },
        { "<p>How to pass &lt;iframe id=\"main-iframe\" src=\"/_Incapsula_Resource?…\"&gt;, sec-if-cpt-container, anubis_challenge and sucuri_cloudproxy_js</p>", null },
        { "<script src=\"/_Incapsula_Resource?SWJIYLWA=719\"></script><h1>Home</h1>", null },
        { "<script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';window._cf_chl_opt</script><h1>Home</h1>", null },
        { "<title>You are being redirected...</title>", null },
        { Incapsula + new string(' ', ChallengeRule.ShortPage), null },
    };

    [Theory, MemberData(nameof(Challenges))]
    public void A_guards_own_page_is_a_challenge(int status, string headers, string body, string vendor) => Assert.Equal(vendor, ChallengeRule.Recognise(status, headers, body));

    [Theory, MemberData(nameof(Own))]
    public void What_the_site_says_itself_is_none(int status, string headers, string body) => Assert.Null(ChallengeRule.Recognise(status, headers, body));

    [Theory, MemberData(nameof(Pages))]
    public void A_page_that_was_answered_well_is_one_only_by_the_guards_own_tags(string page, string? vendor) =>
        Assert.Equal(vendor, ChallengeRule.RecognisePage(Encoding.UTF8.GetBytes(page)));

    // The head that is sent, the body, the vendor, and whether a page was read.
    [Theory]
    [InlineData("HTTP/1.1 403 X\r\nCF-Mitigated: challenge", "", "Cloudflare", false)]
    [InlineData("HTTP/1.1 428 X\r\nContent-Type: application/json", "{\"sec-cp-challenge\":\"true\"}", "Akamai", false)]
    [InlineData("HTTP/1.1 202 X\r\nContent-Type: text/html\r\nx-amzn-waf-action: challenge", "<a href=/b>b</a>", "AWS WAF", false)]
    [InlineData("HTTP/1.1 200 X\r\nContent-Type: text/html", "<a href=/b>b</a><script id=\"anubis_challenge\">", "Anubis", false)]
    [InlineData("HTTP/1.1 200 X\r\nContent-Type: text/html", "<a href=/b>b</a>", null, true)]
    [InlineData("HTTP/1.1 403 X", "Forbidden", null, false)]
    public async Task A_fetch_tells_of_it(string head, string body, string? vendor, bool isRead)
    {
        await using var site = new RawServer(head, Encoding.UTF8.GetBytes(body));
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal((vendor, isRead), (answer.Challenge, answer.Content is not null));
    }
}
