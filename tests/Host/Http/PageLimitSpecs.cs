using System.Net;
using Amble.Host.Specs.Cards;
using Xunit;

namespace Amble.Host.Specs.Http;

[Trait("Seeds", "C-8+")]
public sealed class PageLimitSpecs
{
    [Fact]
    public async Task Who_asks_for_too_many_pages_is_told_when_to_come_back()
    {
        await using var store = new CardStore(2);
        await store.ServeAsync(("AMBLE_LIMITER__PERSECOND", "0.01"), ("AMBLE_LIMITER__BURST", "5"));
        for (var view = 0; view < 5; view++) Assert.Equal(HttpStatusCode.OK, (await store.Http.GetAsync("/jobs/1")).StatusCode);
        using var refused = await store.Http.GetAsync("/jobs/1");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100));
        Assert.Contains("more pages than one reader looks at", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Cards_files_the_API_health_and_metrics_are_not_pages()
    {
        await using var store = new CardStore(2);
        await store.ServeAsync(("AMBLE_LIMITER__PERSECOND", "0.01"), ("AMBLE_LIMITER__BURST", "1"));
        await store.Runtime.Cards.DrawAtEndAsync(store.Job, CancellationToken.None);
        var hash = store.CardReads.ReadStanding(Messages.CardSubject.Of(store.Job))!.Hash;
        foreach (var path in new[] { $"/cards/{hash}.png", "/style.css", "/api/jobs", "/healthz", "/readyz", "/metrics" })
        {
            for (var time = 0; time < 3; time++) Assert.Equal((path, HttpStatusCode.OK), (path, (await store.Http.GetAsync(path)).StatusCode));
        }
        foreach (var (path, status) in new[] { ("/", HttpStatusCode.OK), ("/bot", HttpStatusCode.TooManyRequests), ("/sites/a.test", HttpStatusCode.TooManyRequests), ("/pages/2", HttpStatusCode.TooManyRequests) })
            Assert.Equal((path, status), (path, (await store.Http.GetAsync(path)).StatusCode));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_each_reader_has_a_limit_of_its_own()
    {
        await using var store = new CardStore(2);
        await store.ServeAsync(("AMBLE_LIMITER__PERSECOND", "0.01"), ("AMBLE_LIMITER__BURST", "1"), ("AMBLE_LIMITER__TRUSTEDPROXIES", "127.0.0.1"));
        foreach (var (reader, status) in new[] { ("192.0.2.1", HttpStatusCode.OK), ("192.0.2.2", HttpStatusCode.OK), ("192.0.2.1", HttpStatusCode.TooManyRequests) })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/bot");
            request.Headers.Add("X-Forwarded-For", reader);
            Assert.Equal(status, (await store.Http.SendAsync(request)).StatusCode);
        }
    }
}
