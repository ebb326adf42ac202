using System.Net;
using System.Text.RegularExpressions;
using Amble.App.Cards;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Cards;

/// <summary>What readers of pages get of cards.</summary>
public sealed partial class CardDoorSpecs
{
    [Theory, Trait("Seeds", "D-1")]
    [InlineData(2, 10_000)]
    [InlineData(0, 1_000)]
    public async Task Ten_thousand_views_on_a_database_that_can_only_be_read_are_all_answered(int slots, int views)
    {
        await using var store = new CardStore(20, CardSettings.Default with { Slots = slots });
        await store.ServeAsync();
        store.IsReadOnly = true;
        // A page of a job reads far more than the others: one of each will do.
        foreach (var path in new[] { $"/jobs/{store.Job}", "/sites/a.test" }) Assert.Equal(HttpStatusCode.OK, (await store.Http.GetAsync(path)).StatusCode);
        var paths = store.Pages.Select(page => $"/pages/{page.Value}").ToList();
        var answers = new int[4];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async reader =>
        {
            for (var view = reader; view < views; view += 4)
            {
                using var answer = await store.Http.GetAsync(paths[view % paths.Count]);
                if (answer.StatusCode == HttpStatusCode.OK) answers[reader]++;
            }
        }));
        Assert.Equal(views, answers.Sum());
        // At most two pictures wait for the store, and none was drawn where views draw nothing.
        Assert.InRange(store.Artist.Drawn - 1, 0, slots);
        if (slots == 0) Assert.Equal(0, store.Turns);
    }

    [Fact, Trait("Seeds", "C-4")]
    public async Task A_page_does_not_wait_for_a_painter_that_hangs()
    {
        await using var store = new CardStore(10);
        await store.ServeAsync();
        store.Artist.Shut();
        foreach (var page in store.Pages) Assert.Equal(HttpStatusCode.OK, (await store.Http.GetAsync($"/pages/{page.Value}")).StatusCode);
        Assert.Equal(2, store.Runtime.Cards.Counts.UnderWay);
        Assert.Equal(8, store.Runtime.Cards.Counts.Skipped);
    }

    [Fact, Trait("Seeds", "D-8+")]
    public async Task A_page_shows_the_card_that_stands_in_at_once_and_its_own_when_it_is_drawn()
    {
        await using var store = new CardStore(3);
        await store.ServeAsync();
        var path = $"/pages/{store.Pages[1].Value}";
        var (first, tag) = await CardAsync(store, path);
        Assert.Equal(store.Artist.KeyOf(CardDoor.Generic).Text, first);
        Assert.Equal(HttpStatusCode.OK, (await store.Http.GetAsync($"/cards/{first}.png")).StatusCode);
        await store.QuietAsync();
        var (own, later) = await CardAsync(store, path);
        Assert.NotEqual(first, own);
        Assert.Equal(store.CardReads.ReadStanding(CardSubject.Of(store.Pages[1]))!.Hash, own);
        // The page's tag covers its card.
        Assert.NotEqual(tag, later);
        Assert.Equal(store.CardReads.ReadCard(own), await store.Http.GetByteArrayAsync($"/cards/{own}.png"));
    }

    [Theory, Trait("Seeds", "D-8+")]
    [InlineData("job")]
    [InlineData("site")]
    [InlineData("page")]
    public async Task Pages_of_jobs_sites_and_pages_say_what_their_card_is(string kind)
    {
        await using var store = new CardStore(3);
        await store.ServeAsync();
        await store.Runtime.Cards.DrawAtEndAsync(store.Job, CancellationToken.None);
        var (path, subject) = kind switch
        {
            "job" => ($"/jobs/{store.Job}", CardSubject.Of(store.Job)),
            "site" => ("/sites/a.test", store.CardReads.FindSite(DomainName.Of("a.test", 80))!.Value),
            _ => ($"/pages/{store.Pages[0].Value}", CardSubject.Of(store.Pages[0])),
        };
        var page = await store.Http.GetStringAsync(path);
        var picture = new Uri(store.Http.BaseAddress!, $"/cards/{store.CardReads.ReadStanding(subject)!.Hash}.png").ToString();
        Assert.Contains($"<meta property=\"og:image\" content=\"{picture}\">", page);
        Assert.Contains($"<meta name=\"twitter:image\" content=\"{picture}\">", page);
        string[] said =
        [
            "<meta property=\"og:image:width\" content=\"1200\">", "<meta property=\"og:image:height\" content=\"630\">", "<meta property=\"og:image:type\" content=\"image/png\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        ];
        Assert.All(said, one => Assert.Contains(one, page));
        foreach (var name in new[] { "og:title", "og:description", "og:url", "og:image:alt", "twitter:image:alt" }) Assert.Matches($"\"{name}\" content=\"[^\"]+\"", page);
    }

    [Fact, Trait("Seeds", "D-8+")]
    public async Task A_picture_is_kept_for_ever_and_asked_again_only_by_its_tag()
    {
        await using var store = new CardStore(2);
        await store.ServeAsync();
        await store.Runtime.Cards.DrawAtEndAsync(store.Job, CancellationToken.None);
        var hash = store.CardReads.ReadStanding(CardSubject.Of(store.Job))!.Hash!;
        using var answer = await store.Http.GetAsync($"/cards/{hash}.png");
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(32, answer.Content.Headers.ContentLength);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
        Assert.Equal($"\"{hash}\"", answer.Headers.ETag!.Tag);
        using var head = await store.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/cards/{hash}.png"));
        Assert.Equal((HttpStatusCode.OK, 32L, 0), (head.StatusCode, head.Content.Headers.ContentLength, (await head.Content.ReadAsByteArrayAsync()).Length));
        foreach (var (given, status) in new[]
        {
            ($"\"{hash}\"", HttpStatusCode.NotModified), ($"W/\"{hash}\"", HttpStatusCode.NotModified), ($"\"a,b\", W/\"{hash}\"", HttpStatusCode.NotModified), ("*", HttpStatusCode.NotModified),
            ("\"other\"", HttpStatusCode.OK), (hash, HttpStatusCode.OK), ($"\"x{hash}\"", HttpStatusCode.OK),
        })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/cards/{hash}.png");
            request.Headers.TryAddWithoutValidation("If-None-Match", given);
            using var again = await store.Http.SendAsync(request);
            Assert.Equal((given, status), (given, again.StatusCode));
            Assert.Equal($"\"{hash}\"", again.Headers.ETag!.Tag);
        }
    }

    [Theory]
    [InlineData("/cards/00000000000000000000000000000000.png")]
    [InlineData("/cards/zz.png")]
    [InlineData("/cards/00000000000000000000000000000000")]
    [InlineData("/cards/..%2f..%2fetc%2fpasswd.png")]
    public async Task What_is_no_card_is_told_plainly_and_kept_by_nobody(string path)
    {
        await using var store = new CardStore(2);
        await store.ServeAsync();
        using var answer = await store.Http.GetAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, "text/plain", "no-cache"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
    }

    [Fact]
    public void Pictures_in_memory_are_bounded_in_number_and_bytes()
    {
        var cache = new CardCache(entries: 3, bytes: 100);
        foreach (var hash in new[] { "a", "b", "c" }) cache.Add(hash, new byte[20]);
        cache.Find("a");
        cache.Add("d", new byte[20]);
        Assert.Equal((true, false, true, true), (cache.Find("a") is not null, cache.Find("b") is not null, cache.Find("c") is not null, cache.Find("d") is not null));
        cache.Add("e", new byte[90]);
        Assert.Equal((1, 90L), (cache.Counts.Entries, cache.Counts.Bytes));
        cache.Add("f", new byte[101]);
        Assert.Null(cache.Find("f"));
    }

    private static async Task<(string Hash, string Tag)> CardAsync(CardStore store, string path)
    {
        using var answer = await store.Http.GetAsync(path);
        return (Shown().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value, answer.Headers.ETag!.Tag);
    }

    [GeneratedRegex("og:image\" content=\"[^\"]*/cards/([0-9a-f]{32}).png")]
    private static partial Regex Shown();
}
