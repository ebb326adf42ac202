using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class CacheRuleSpecs
{
    [Theory]
    [InlineData("X-Cache: HIT", CacheStatus.Hit)]
    [InlineData("x-cache: miss", CacheStatus.Miss)]
    [InlineData("X-Cache: Hit from cloudfront", CacheStatus.Hit)]
    [InlineData("X-Cache: Miss from cloudfront", CacheStatus.Miss)]
    [InlineData("X-Cache: RefreshHit from cloudfront", CacheStatus.Stale)]
    [InlineData("X-Cache: Error from cloudfront", CacheStatus.Unsaid)]
    [InlineData("X-Cache: TCP_HIT from a.deploy.akamaitechnologies.com (AkamaiGHost/11)", CacheStatus.Hit)]
    [InlineData("X-Cache: TCP_MEM_HIT", CacheStatus.Hit)]
    [InlineData("X-Cache: TCP_MISS", CacheStatus.Miss)]
    [InlineData("X-Cache: TCP_REFRESH_HIT", CacheStatus.Stale)]
    [InlineData("X-Cache: TCP_REFRESH_MISS", CacheStatus.Miss)]
    [InlineData("X-Cache: TCP_DENIED", CacheStatus.Bypass)]
    [InlineData("X-Cache: HIT-STALE", CacheStatus.Stale)]
    [InlineData("X-Cache: PASS", CacheStatus.Bypass)]
    [InlineData("CF-Cache-Status: HIT", CacheStatus.Hit)]
    [InlineData("CF-Cache-Status: MISS", CacheStatus.Miss)]
    [InlineData("CF-Cache-Status: EXPIRED", CacheStatus.Miss)]
    [InlineData("CF-Cache-Status: STALE", CacheStatus.Stale)]
    [InlineData("CF-Cache-Status: UPDATING", CacheStatus.Stale)]
    [InlineData("CF-Cache-Status: REVALIDATED", CacheStatus.Stale)]
    [InlineData("CF-Cache-Status: DYNAMIC", CacheStatus.Bypass)]
    [InlineData("CF-Cache-Status: BYPASS", CacheStatus.Bypass)]
    [InlineData("CF-Cache-Status: NONE/UNKNOWN", CacheStatus.Unsaid)]
    [InlineData("X-Cache-Status: HIT", CacheStatus.Hit)]
    [InlineData("X-Proxy-Cache: MISS", CacheStatus.Miss)]
    [InlineData("X-Vercel-Cache: PRERENDER", CacheStatus.Hit)]
    [InlineData("X-Vercel-Cache: STALE", CacheStatus.Stale)]
    [InlineData("X-Drupal-Cache: HIT", CacheStatus.Hit)]
    [InlineData("X-Drupal-Cache: UNCACHEABLE", CacheStatus.Bypass)]
    [InlineData("X-LiteSpeed-Cache: hit,private", CacheStatus.Hit)]
    [InlineData("CDN-Cache: MISS", CacheStatus.Miss)]
    [InlineData("X-Varnish: 32770 3", CacheStatus.Hit)]
    [InlineData("X-Varnish: 32770", CacheStatus.Miss)]
    [InlineData("X-Varnish: on", CacheStatus.Unsaid)]
    [InlineData("Server-Timing: edge; dur=1, cdn-cache; desc=HIT, origin; dur=0", CacheStatus.Hit)]
    [InlineData("Server-Timing: cdn-cache;desc=\"MISS\"", CacheStatus.Miss)]
    [InlineData("Server-Timing: db;dur=53;desc=hit", CacheStatus.Unsaid)]
    [InlineData("Age: 7", CacheStatus.Hit)]
    [InlineData("Age: 0", CacheStatus.Unsaid)]
    [InlineData("Age: -7", CacheStatus.Unsaid)]
    [InlineData("Age: young", CacheStatus.Unsaid)]
    [InlineData("Age: 99999999999999999999999", CacheStatus.Hit)]
    [InlineData("Server: nginx", CacheStatus.Unsaid)]
    [InlineData("", CacheStatus.Unsaid)]
    public void Each_cache_is_understood_in_its_own_words(string line, CacheStatus status) =>
        Assert.Equal(status, CacheRule.Judge($"Content-Type: text/html\n{line}\n"));

    /// <summary>The examples of RFC 9211 section 2 and 4, and what servers make of it.</summary>
    [Theory]
    [InlineData("ExampleCache; hit", CacheStatus.Hit)]
    [InlineData("ExampleCache; hit; ttl=376", CacheStatus.Hit)]
    [InlineData("ExampleCache; hit; ttl=-412", CacheStatus.Stale)]
    [InlineData("ExampleCache; hit=?0", CacheStatus.Unsaid)]
    [InlineData("ExampleCache; fwd=uri-miss; stored", CacheStatus.Miss)]
    [InlineData("ExampleCache; fwd=vary-miss; stored; key=\"a,b;hit\"", CacheStatus.Miss)]
    [InlineData("ExampleCache; fwd=stale; fwd-status=304", CacheStatus.Stale)]
    [InlineData("ExampleCache; fwd=stale; fwd-status=200", CacheStatus.Miss)]
    [InlineData("ExampleCache; fwd=bypass", CacheStatus.Bypass)]
    [InlineData("ExampleCache; fwd=request", CacheStatus.Bypass)]
    [InlineData("OriginCache; hit; ttl=1100, \"CDN Company Here\"; fwd=uri-miss", CacheStatus.Miss)]
    [InlineData("OriginCache; fwd=uri-miss, \"CDN, Company\"; hit; ttl=545", CacheStatus.Hit)]
    [InlineData("MISS", CacheStatus.Miss)]
    [InlineData("\"never closed; hit", CacheStatus.Hit)]
    public void Cache_Status_is_read_by_its_standard(string value, CacheStatus status) => Assert.Equal(status, CacheRule.Judge("Cache-Status: " + value));

    [Theory]
    [InlineData("X-Cache: HIT, MISS", CacheStatus.Miss)]
    [InlineData("X-Cache: MISS, HIT", CacheStatus.Hit)]
    [InlineData("X-Cache: MISS\nX-Cache: HIT", CacheStatus.Hit)]
    [InlineData("CF-Cache-Status: HIT\nX-Cache: MISS", CacheStatus.Hit)]
    [InlineData("X-Varnish: 1 2\nCF-Cache-Status: MISS", CacheStatus.Miss)]
    [InlineData("Age: 12\nX-Cache: MISS", CacheStatus.Miss)]
    public void The_cache_nearest_to_the_reader_decides(string headers, CacheStatus status) => Assert.Equal(status, CacheRule.Judge(headers));

    [Theory]
    [InlineData("CF-Cache-Status: DYNAMIC\nX-Cache: HIT", CacheStatus.Hit)]
    [InlineData("CF-Cache-Status: DYNAMIC\nX-Varnish: 7", CacheStatus.Miss)]
    [InlineData("X-Cache: MISS, PASS", CacheStatus.Miss)]
    [InlineData("CF-Cache-Status: DYNAMIC\nX-Drupal-Cache: UNCACHEABLE", CacheStatus.Bypass)]
    public void One_that_lets_the_page_pass_leaves_the_word_to_the_next(string headers, CacheStatus status) => Assert.Equal(status, CacheRule.Judge(headers));

    [Fact]
    public void Headers_made_to_hurt_say_nothing()
    {
        Assert.Equal(CacheStatus.Unsaid, CacheRule.Judge($"X-Cache: {new string(',', 16_000)}"));
        Assert.Equal(CacheStatus.Unsaid, CacheRule.Judge($"Cache-Status: {new string('"', 15_001)};{new string('\\', 500)}"));
        Assert.Equal(CacheStatus.Unsaid, CacheRule.Judge(":\n: hit\nX-Cache\nX-Cache:"));
    }
}
