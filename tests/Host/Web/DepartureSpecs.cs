using Amble.App.Web;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

/// <summary>Nothing is written for whoever may not ask any more (S-5).</summary>
public sealed class DepartureSpecs
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain";

    [Fact, Trait("Seeds", "S-5")]
    public async Task Who_may_not_ask_does_not_even_connect()
    {
        await using var site = new RawServer(Answer);
        using var web = new WebFetcher(Loopback, TimeProvider.System);

        Assert.IsType<FetchOutcome.NotSent>(await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), Forbidden, CancellationToken.None));
        Assert.Empty(site.Heads);
        Assert.IsType<FetchOutcome.Answered>(await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), Departing.Freely, CancellationToken.None));
        Assert.Single(site.Heads);
    }

    [Fact, Trait("Seeds", "S-5")]
    public async Task Who_loses_the_right_while_connecting_sends_nothing()
    {
        await using var site = new RawServer(Answer);
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        var looks = 0;
        var once = new Departing(_ => Assert.Fail("A request left."), () => ++looks == 1);

        Assert.IsType<FetchOutcome.NotSent>(await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), once, CancellationToken.None));
        Assert.True(looks > 1);
        Assert.Empty(site.Heads);
    }

    [Fact, Trait("Seeds", "S-5")]
    public async Task Who_may_not_ask_writes_nothing_on_a_connection_that_was_kept()
    {
        await using var site = new RawServer(Answer);
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        Assert.IsType<FetchOutcome.Answered>(await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), Departing.Freely, CancellationToken.None));

        Assert.IsType<FetchOutcome.NotSent>(await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), Forbidden, CancellationToken.None));
        Assert.Single(site.Heads);
    }

    [Fact, Trait("Seeds", "S-5")]
    public async Task What_the_pool_would_repeat_on_a_new_connection_is_asked_again_and_not_sent()
    {
        var answered = 0;
        await using var site = new RawServer((_, stream, stop) =>
            answered++ == 0 ? RawServer.SayAsync(stream, Answer, [], stop) : throw new IOException("The kept connection is cut."));
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), Departing.Freely, CancellationToken.None);
        var left = 0;
        var departure = new Departing(_ => left++, () => left == 0);

        Assert.IsType<FetchOutcome.NotSent>(await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), departure, CancellationToken.None));
        Assert.Equal((1, 2), (left, site.Heads.Count));
    }

    private static Departing Forbidden => new(_ => Assert.Fail("A request left."), () => false);
}
