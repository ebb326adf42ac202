using System.Net;
using System.Text;
using Amble.App.Http;
using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Http;

public sealed class DoorGuardSpecs
{
    private static readonly DoorGuard.Caller _atHome = new(LocalSocket: false, BothEndsLoopback: true, "127.0.0.1:8080", null, null, Forwarded: false, null);

    public static TheoryData<string, bool> Callers => new()
    {
        { "at home", true },
        { "by name", true },
        { "by IPv6", true },
        { "over the local socket", true },
        { "own page", true },
        { "from outside", false },
        { "rebound name", false },
        { "name that looks local", false },
        { "private address", false },
        { "behind a proxy", false },
        { "foreign page", false },
        { "sandboxed page", false },
        { "other port's page", false },
        { "cross-site form", false },
        { "wrong token at home is no harm", true },
        { "wrong token from outside", false },
        { "right token from outside", true },
        { "right token behind a proxy", true },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public void Only_who_is_wholly_on_this_machine_or_has_the_token_may_change_anything(string who, bool passes)
    {
        var outside = _atHome with { BothEndsLoopback = false, Host = "amble.example.org" };
        var caller = who switch
        {
            "at home" => _atHome,
            "by name" => _atHome with { Host = "localhost:8080" },
            "by IPv6" => _atHome with { Host = "[::1]:8080" },
            "over the local socket" => outside with { LocalSocket = true },
            "own page" => _atHome with { Origin = "http://127.0.0.1:8080", FetchSite = "same-origin" },
            "from outside" => outside,
            "rebound name" => _atHome with { Host = "attacker.test:8080" },
            "name that looks local" => _atHome with { Host = "127.0.0.1.attacker.test" },
            "private address" => _atHome with { Host = "192.168.1.5:8080" },
            "behind a proxy" => _atHome with { Forwarded = true },
            "foreign page" => _atHome with { Origin = "https://attacker.test" },
            "sandboxed page" => _atHome with { Origin = "null" },
            "other port's page" => _atHome with { Origin = "http://127.0.0.1:9999" },
            "cross-site form" => _atHome with { FetchSite = "cross-site" },
            "wrong token at home is no harm" => _atHome with { Bearer = "wrong" },
            "wrong token from outside" => outside with { Bearer = "wrong" },
            "right token from outside" => outside with { Bearer = "right" },
            "right token behind a proxy" => _atHome with { Forwarded = true, Bearer = "right" },
            _ => throw new ArgumentOutOfRangeException(nameof(who)),
        };

        var refusal = DoorGuard.Refusal(caller, tokenExists: true, token => token == "right");

        Assert.Equal(passes, refusal is null);
    }

    [Fact]
    public void Without_a_token_configured_no_token_opens() =>
        Assert.Contains("amble token", DoorGuard.Refusal(_atHome with { BothEndsLoopback = false, Bearer = "" }, tokenExists: false, _ => true));

    [Theory]
    [InlineData("POST", "/api/jobs")]
    [InlineData("DELETE", "/api/jobs/1")]
    [InlineData("POST", "/api/jobs/1/retry")]
    public async Task State_changing_routes_answer_403_to_a_rebound_name_and_pass_with_the_token(string method, string path)
    {
        await using var served = await Served.StartAsync();
        served.Node.Add("https://example.org/", Messages.JobState.Running);

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(null));
        var token = served.Tokens.Renew();
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(token + "x"));
        Assert.True((int)await SendAsync(token) is 202 or 204);

        async Task<HttpStatusCode> SendAsync(string? bearer)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("""{"url": "https://example.org/"}""", Encoding.UTF8, "application/json") };
            request.Headers.Host = "attacker.test";
            if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
            return (await served.Http.SendAsync(request)).StatusCode;
        }
    }

    [Fact]
    public async Task Reading_needs_no_token()
    {
        await using var served = await Served.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "amble.example.org";

        Assert.Equal(HttpStatusCode.OK, (await served.Http.SendAsync(request)).StatusCode);
    }
}
