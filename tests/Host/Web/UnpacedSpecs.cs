using System.Net;
using Amble.App.Web;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

/// <summary>
/// Jobs without a pace reach nobody else's site. Connections leave from loopback here, so that even a broken rule could send nothing to
/// the outside; the addresses are those that RFC 5737 and RFC 3849 keep for documentation, and private ones are allowed, so that only
/// the missing pace speaks against them.
/// </summary>
public sealed class UnpacedSpecs
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    private static readonly WebSettings Bound = Loopback with { LocalAddress = "127.0.0.1" };

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("2001:db8::7")]
    [InlineData("::ffff:203.0.113.7")]
    [InlineData("100.64.0.1")]
    public async Task A_name_that_leads_outside_is_refused_for_every_kind_of_request(string address)
    {
        using var web = new WebFetcher(Bound, TimeProvider.System, Resolver(address));
        foreach (var kind in Enum.GetValues<RequestKind>())
        {
            var failed = Assert.IsType<FetchOutcome.Failed>(await web.FetchAsync(Unpaced("http://site-1.test/x", kind), NeverLeaves, CancellationToken.None));
            Assert.Equal(FetchFailure.AddressNotAllowed, failed.Failure);
            Assert.Equal($"site-1.test has the address {address}, which is neither loopback nor private; without a pace (--unpaced) only such addresses are asked.", failed.Detail);
        }
    }

    [Fact]
    public async Task An_address_in_the_URL_is_refused_too()
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync(Bound, Unpaced("http://203.0.113.7/", RequestKind.Hop)));
        Assert.Equal(FetchFailure.AddressNotAllowed, failed.Failure);
    }

    [Theory]
    [InlineData("203.0.113.7:80")]
    [InlineData("elsewhere.test:80")]
    public async Task Connect_to_an_address_outside_is_refused_whatever_the_URL_says(string target)
    {
        using var web = new WebFetcher(Bound with { ConnectTo = target }, TimeProvider.System, Resolver("203.0.113.7"));
        var failed = Assert.IsType<FetchOutcome.Failed>(await web.FetchAsync(Unpaced("http://127.0.0.1/"), NeverLeaves, CancellationToken.None));
        Assert.Equal(FetchFailure.AddressNotAllowed, failed.Failure);
    }

    [Fact]
    public async Task Of_several_addresses_only_those_on_this_side_are_asked()
    {
        await using var site = new RawServer(Ok);
        using var web = new WebFetcher(Bound, TimeProvider.System, Resolver("203.0.113.7", "127.0.0.1"));
        Assert.IsType<FetchOutcome.Answered>(await web.FetchAsync(Unpaced($"http://site-1.test:{site.Port}/"), Departing.Freely, CancellationToken.None));
        Assert.Single(site.Callers);
    }

    [Fact]
    public async Task A_name_that_moves_outside_is_refused_though_it_was_allowed_before()
    {
        await using var site = new RawServer((_, stream, stop) => RawServer.SayAsync(stream, Ok + "\r\nConnection: close", [], stop));
        var address = "127.0.0.1";
        using var web = new WebFetcher(Bound, TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]));
        var url = $"http://site-1.test:{site.Port}/";
        Assert.IsType<FetchOutcome.Answered>(await web.FetchAsync(Unpaced(url), Departing.Freely, CancellationToken.None));
        address = "203.0.113.7";
        Assert.Equal(FetchFailure.AddressNotAllowed, Assert.IsType<FetchOutcome.Failed>(await web.FetchAsync(Unpaced(url), NeverLeaves, CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task A_connection_that_a_paced_job_has_open_is_not_used()
    {
        await using var site = new RawServer(Ok);
        using var web = new WebFetcher(Bound, TimeProvider.System);
        var url = $"http://127.0.0.1:{site.Port}/";
        foreach (var request in new[] { Request(url), Unpaced(url), Request(url), Unpaced(url) })
        {
            Assert.IsType<FetchOutcome.Answered>(await web.FetchAsync(request, Departing.Freely, CancellationToken.None));
        }
        Assert.Equal(2, site.Callers.Count);
    }

    [Fact]
    public async Task Without_a_pace_private_addresses_still_need_their_permission()
    {
        await using var site = new RawServer(Ok);
        var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync(Bound with { AllowPrivate = false }, Unpaced($"http://127.0.0.1:{site.Port}/")));
        Assert.Contains("--allow-private", failed.Detail);
        Assert.Empty(site.Callers);
    }

    private static Func<string, CancellationToken, Task<IPAddress[]>> Resolver(params string[] addresses) =>
        (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]);

    private static FetchRequest Unpaced(string url, RequestKind kind = RequestKind.Page)
    {
        var request = Request(url, kind);
        return request with { Job = request.Job with { Asked = request.Job.Asked with { Unpaced = true } } };
    }

    private static async Task<FetchOutcome> FetchAsync(WebSettings settings, FetchRequest request)
    {
        using var web = new WebFetcher(settings, TimeProvider.System);
        return await web.FetchAsync(request, NeverLeaves, CancellationToken.None);
    }

    private static readonly Departing NeverLeaves = new(_ => Assert.Fail("A request left."));
}
