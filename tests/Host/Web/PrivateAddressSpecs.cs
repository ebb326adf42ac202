using System.Net;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

/// <summary>
/// The matrix of server-side request forgery: each kind of fetch, to each kind of address that is not the public internet's, however it
/// is written and whatever leads there. It is refused before a connection is tried, and nothing leaves.
/// </summary>
public sealed class PrivateAddressSpecs
{
    private static readonly WebSettings _public = Loopback with { AllowPrivate = false };

    private static readonly Departing _neverLeaves = new(_ => Assert.Fail("A request left."));

    // How the host is written, and the address that it means.
    public static TheoryData<string, string> Written => new()
    {
        { "10.0.0.1", "10.0.0.1" },
        { "172.16.0.1", "172.16.0.1" },
        { "192.168.0.1", "192.168.0.1" },
        { "127.0.0.1", "127.0.0.1" },
        { "127.255.255.254", "127.255.255.254" },
        { "[::1]", "::1" },
        { "0.0.0.0", "0.0.0.0" },
        { "100.64.0.1", "100.64.0.1" },
        { "169.254.1.1", "169.254.1.1" },
        { "169.254.169.254", "169.254.169.254" },
        { "168.63.129.16", "168.63.129.16" },
        { "[fd00:ec2::254]", "fd00:ec2::254" },
        { "[fe80::1]", "fe80::1" },
        { "[fc00::1]", "fc00::1" },
        { "[::ffff:10.0.0.1]", "::ffff:10.0.0.1" },
        { "[::ffff:7f00:1]", "::ffff:127.0.0.1" },
        { "[::ffff:a9fe:a9fe]", "::ffff:169.254.169.254" },
        { "[::127.0.0.1]", "::127.0.0.1" },
        { "[64:ff9b::a9fe:a9fe]", "64:ff9b::a9fe:a9fe" },
        { "[2002:7f00:1::]", "2002:7f00:1::" },
        { "0177.0.0.1", "127.0.0.1" },
        { "0x7f.0.0.1", "127.0.0.1" },
        { "0x7F000001", "127.0.0.1" },
        { "017700000001", "127.0.0.1" },
        { "2130706433", "127.0.0.1" },
        { "127.1", "127.0.0.1" },
        { "127.0.1", "127.0.0.1" },
        { "10.1", "10.0.0.1" },
        { "0", "0.0.0.0" },
        { "127.0.0.1.", "127.0.0.1" },
        { "%31%32%37.0.0.1", "127.0.0.1" },
        { "127。0。0。1", "127.0.0.1" },
    };

    [Theory, MemberData(nameof(Written))]
    public async Task However_it_is_written_no_kind_of_fetch_reaches_it(string host, string address)
    {
        await using var site = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/html");
        using var web = new WebFetcher(_public, TimeProvider.System);
        await RefusedAsync(web, $"http://{host}:{site.Port}/", address);
        Assert.Empty(site.Callers);
    }

    // What the name answers each time that it is looked up.
    public static TheoryData<string, string[]> Answers => new()
    {
        { "a private address", ["10.0.0.1"] },
        { "several, none public", ["10.0.0.1", "127.0.0.1", "::1"] },
        { "loopback", ["127.0.0.1"] },
        { "the metadata service", ["169.254.169.254"] },
        { "a carrier's", ["100.64.0.1"] },
        { "a mapped one", ["::ffff:192.168.0.1"] },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task Whatever_a_name_answers_no_kind_of_fetch_reaches_it(string what, string[] answers)
    {
        using var web = new WebFetcher(_public, TimeProvider.System, Resolver(answers));
        await RefusedAsync(web, "http://inner.test/", answers[0]);
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_for_a_connection_and_that_answer_is_judged_and_used()
    {
        await using var site = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/html");
        var asked = 0;
        // Private at the second look, as who rebinds a name would have it.
        using var web = new WebFetcher(Loopback, TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(++asked == 1 ? "127.0.0.1" : "10.0.0.1")]));
        for (var fetch = 0; fetch < 2; fetch++)
        {
            Assert.IsType<FetchOutcome.Answered>(await web.FetchAsync(Request($"http://rebound.test:{site.Port}/"), Departing.Freely, CancellationToken.None));
        }
        Assert.Equal((1, 1), (asked, site.Callers.Count));
    }

    [Fact]
    public async Task A_name_that_was_public_is_refused_when_its_next_connection_would_be_private()
    {
        await using var site = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/html");
        // Bound to the other family, nothing can leave towards the public address; of the private one it is not even tried.
        var answers = new Queue<string>(["2606:4700::1111", "127.0.0.1"]);
        using var web = new WebFetcher(_public with { LocalAddress = "127.0.0.1" }, TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));
        var url = $"http://rebound.test:{site.Port}/";
        Assert.Equal(FetchFailure.NoSuchHost, (await OutcomeAsync(web, url)).Failure);
        Assert.Equal(FetchFailure.AddressNotAllowed, (await OutcomeAsync(web, url)).Failure);
        Assert.Empty(site.Callers);
    }

    [Fact]
    public async Task Of_a_name_with_public_and_private_addresses_no_private_one_is_tried()
    {
        await using var site = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/html");
        using var web = new WebFetcher(_public with { LocalAddress = "127.0.0.1" }, TimeProvider.System, Resolver("2606:4700::1111", "127.0.0.1"));
        Assert.Equal(FetchFailure.NoSuchHost, (await OutcomeAsync(web, $"http://both.test:{site.Port}/")).Failure);
        Assert.Empty(site.Callers);
    }

    // What a public site sends its visitors to, and the address that it means.
    [Theory]
    [InlineData("http://127.0.0.1/admin", "127.0.0.1")]
    [InlineData("//169.254.169.254/latest/meta-data/", "169.254.169.254")]
    [InlineData("http://0x7f.1/", "127.0.0.1")]
    [InlineData("http:\\\\10.0.0.1\\", "10.0.0.1")]
    [InlineData("https://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1")]
    public async Task A_redirect_into_private_is_refused_by_whatever_follows_it(string location, string address)
    {
        var to = Request("http://example.org/").Url.Resolve(location)!;
        using var web = new WebFetcher(_public, TimeProvider.System);
        await RefusedAsync(web, to.Text, address);
        // The one redirect that leaves its site is that of a robots.txt.
        var moved = new FetchOutcome.Answered(default, default, default, 301, 0, null, to, [], null, null, "", null, null);
        Assert.Equal(to, Assert.IsType<RobotsVerdict.Follow>(RobotsRule.After("http://example.org", moved, 0, default)).To);
    }

    [Theory]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://256.0.0.1/")]
    [InlineData("http://127.0.0.1.1/")]
    [InlineData("http://0x1ffffffff/")]
    [InlineData("http://[::ffff:10.0.0.1/")]
    [InlineData("http://①②⑦.0.0.1/")]
    public void What_is_no_host_is_no_URL(string text) => Assert.False(PageUrl.TryParse(text, out _, out _));

    [Fact]
    public async Task With_the_permission_every_kind_is_asked()
    {
        await using var site = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/html");
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        foreach (var kind in Enum.GetValues<RequestKind>())
        {
            Assert.IsType<FetchOutcome.Answered>(await web.FetchAsync(Request($"http://2130706433:{site.Port}/", kind), Departing.Freely, CancellationToken.None));
        }
    }

    // Page, robots.txt, sitemap (also as it is read in parts), hop, retry, second visit.
    private static async Task RefusedAsync(WebFetcher web, string url, string address)
    {
        foreach (var kind in Enum.GetValues<RequestKind>())
        {
            AssertRefused(await web.FetchAsync(Request(url, kind), _neverLeaves, CancellationToken.None), address);
        }
        AssertRefused(await web.FetchSitemapAsync(Request(url, RequestKind.Sitemap), _neverLeaves, _ => Task.FromResult(true), CancellationToken.None), address);
    }

    private static void AssertRefused(FetchOutcome outcome, string address)
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(outcome);
        Assert.Equal(FetchFailure.AddressNotAllowed, failed.Failure);
        Assert.Contains($" has the address {IPAddress.Parse(address)}, which is ", failed.Detail, StringComparison.Ordinal);
        Assert.EndsWith("; such addresses are asked only with --allow-private.", failed.Detail, StringComparison.Ordinal);
    }

    private static async Task<FetchOutcome.Failed> OutcomeAsync(WebFetcher web, string url) =>
        Assert.IsType<FetchOutcome.Failed>(await web.FetchAsync(Request(url), _neverLeaves, CancellationToken.None));

    private static Func<string, CancellationToken, Task<IPAddress[]>> Resolver(params string[] addresses) =>
        (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]);
}
