using System.Net;
using Amble.Behaviours.Ingress;
using Xunit;

namespace Amble.Actors.Specs.Behaviours;

[Trait("Seeds", "C-8+")]
public sealed class PageLimiterSpecs
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Client _someone = Client.Of(IPAddress.Parse("192.0.2.1"));
    private static readonly Client _other = Client.Of(IPAddress.Parse("192.0.2.2"));

    private PageLimiter _limiter = new(LimiterSettings.Default);

    [Fact]
    public void Sixty_pages_at_once_then_one_a_second()
    {
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => _limiter.Ask(_someone, _noon) is null));
        Assert.Null(_limiter.Ask(_someone, _noon.AddSeconds(1)));
        Assert.NotNull(_limiter.Ask(_someone, _noon.AddSeconds(1)));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => _limiter.Ask(_someone, _noon.AddSeconds(11)) is null));
        Assert.Equal(41 + 89 + 1, _limiter.Refused + 0);
    }

    [Fact]
    public void Whoever_comes_back_when_it_was_told_is_let_in_and_not_a_moment_earlier()
    {
        for (var i = 0; i < 60; i++) _limiter.Ask(_someone, _noon.AddMilliseconds(3 * i));
        var now = _noon.AddMilliseconds(300);
        var wait = Assert.IsType<TimeSpan>(_limiter.Ask(_someone, now));
        Assert.NotNull(_limiter.Ask(_someone, now + wait - TimeSpan.FromTicks(1)));
        Assert.Null(_limiter.Ask(_someone, now + wait));
    }

    [Fact]
    public void A_refused_page_costs_nothing()
    {
        for (var i = 0; i < 1_000; i++) _limiter.Ask(_someone, _noon);
        Assert.Equal(TimeSpan.FromSeconds(1), _limiter.Ask(_someone, _noon));
    }

    [Fact]
    public void Each_client_has_its_own()
    {
        for (var i = 0; i < 100; i++) _limiter.Ask(_someone, _noon);
        Assert.Null(_limiter.Ask(_other, _noon));
    }

    [Fact]
    public void Never_more_than_the_burst_is_saved_up()
    {
        _limiter.Ask(_someone, _noon);
        Assert.Equal(60, Enumerable.Range(0, 1_000).Count(_ => _limiter.Ask(_someone, _noon.AddDays(1)) is null));
    }

    [Fact]
    public void Zero_a_second_limits_nobody_and_remembers_nobody()
    {
        _limiter = new PageLimiter(LimiterSettings.Default with { PerSecond = 0 });
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Null(_limiter.Ask(_someone, _noon)));
        Assert.Equal(0, _limiter.Clients);
    }

    [Fact]
    public void Only_so_many_clients_are_remembered_and_a_flood_of_them_shuts_nobody_out()
    {
        _limiter = new PageLimiter(LimiterSettings.Default with { Clients = 100 });
        for (var i = 0; i < 60; i++) _limiter.Ask(_someone, _noon);
        Assert.All(Enumerable.Range(0, 10_000), i => Assert.Null(_limiter.Ask(new Client((UInt128)(i + 1)), _noon)));
        Assert.Equal(100, _limiter.Clients);
        // Who has taken most is kept: a flood of others does not free him.
        Assert.NotNull(_limiter.Ask(_someone, _noon));
    }

    [Fact]
    public void Those_who_have_paid_off_are_forgotten_first()
    {
        _limiter = new PageLimiter(LimiterSettings.Default with { Clients = 100 });
        for (var i = 0; i < 100; i++) _limiter.Ask(new Client((UInt128)i), _noon);
        _limiter.Ask(_someone, _noon.AddSeconds(2));
        Assert.Equal(1, _limiter.Clients);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void A_client_is_an_address_or_a_network_of_64_bits(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Client.Of(IPAddress.Parse(one)) == Client.Of(IPAddress.Parse(other)));

    [Theory]
    // Nobody is trusted: what a header says is anybody's invention.
    [InlineData("203.0.113.9", "198.51.100.1", "", "203.0.113.9")]
    [InlineData("10.0.0.1", "198.51.100.1", "10.0.0.1", "198.51.100.1")]
    // What stands before the last proxy's word may be invented.
    [InlineData("10.0.0.1", "6.6.6.6, 198.51.100.1", "10.0.0.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "198.51.100.1, 10.0.0.2", "10.0.0.1,10.0.0.2", "198.51.100.1")]
    [InlineData("::ffff:10.0.0.1", "2001:db8::1", "10.0.0.1", "2001:db8::1")]
    [InlineData("10.0.0.1", "unknown", "10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "", "10.0.0.1", "10.0.0.1")]
    [InlineData("203.0.113.9", "198.51.100.1", "10.0.0.1", "203.0.113.9")]
    public void Behind_trusted_proxies_the_last_address_that_is_none_counts(string peer, string header, string trusted, string counts)
    {
        Assert.True(ClientRule.TryReadProxies(trusted, out var proxies));
        Assert.Equal(IPAddress.Parse(counts), ClientRule.Of(IPAddress.Parse(peer), header, proxies));
    }

    [Fact]
    public void A_list_of_proxies_that_cannot_be_read_is_a_problem_of_the_settings() =>
        Assert.Single(LimiterSettings.Problems(LimiterSettings.Default with { TrustedProxies = "10.0.0.1, nginx" }));
}
