using Amble.App.Cards;
using Amble.Behaviours.Cards;
using Xunit;

namespace Amble.Host.Specs.Cards;

/// <summary>
/// A picture for each script and kind, looked at by people. Skia comes with its own libraries, so its files are the same to the byte wherever the
/// test runs. Pango, Cairo and FreeType are the machine's, and their versions shade the edges of letters differently; no patch of 8 × 8 pixels may
/// be lighter or darker by more than 24 of 255, which a letter that is missing, another one or moved by a pixel is.
/// When a picture has changed on purpose, take the one that the message names.
/// </summary>
[Trait("Seeds", "D-9+")]
public sealed class GoldenCardSpecs
{
    private const int Patch = 8;
    private const double MostShade = 24;
    private static readonly DateOnly Day = new(2026, 11, 26);

    private static readonly Dictionary<string, CardContent> Cards = new()
    {
        ["latin"] = new PageContent("example.org", "/docs/getting-started", "Getting started with politeness: how fast may a crawler walk?", 12_345),
        ["greek"] = new PageContent("παράδειγμα.gr", "/αρχή", "Ευγενική περιήγηση: πόσο γρήγορα μπορεί να περπατήσει;", 120),
        ["cyrillic"] = new PageContent("пример.рф", "/начало", "Вежливый обход сайта: как быстро можно идти?", 950),
        ["arabic"] = new PageContent("example.org", "/دليل", "كيف تمشي الزواحف بأدب: دليل من 12 خطوة (HTML)", 7),
        ["hebrew"] = new PageContent("example.org", "/מדריך", "איך ללכת באתר בנימוס, 12 צעדים", 10),
        ["devanagari"] = new PageContent("example.in", "/मार्ग", "विनम्रता से वेबसाइट पर चलना: एक मार्गदर्शिका", 3),
        ["thai"] = new PageContent("example.th", "/หน้า", "การเดินชมเว็บไซต์อย่างสุภาพและไม่รบกวนใคร", 33),
        ["chinese"] = new PageContent("例子.中国", "/指南", "以网站能够承受的速度行走：礼貌爬虫指南，直到每一页都被看过", 999_999),
        ["japanese"] = new PageContent("例え.jp", "/手引き", "サイトが耐えられる速さで歩く「礼儀正しいクローラー」の手引き", 1_000),
        ["korean"] = new PageContent("example.kr", "/안내", "사이트가 견딜 수 있는 속도로 걷는 예의 바른 크롤러", 1),
        ["emoji"] = new PageContent("example.org", "/👋", "👨‍👩‍👧‍👦 Family day 🏳️‍🌈 in Zürich 🇨🇭 1️⃣ ❤️ ☕ 👍🏽", 120),
        ["site"] = new SiteContent("shop.example.org", new PageCounts(1_180, 14, 3, 12, 1), TimeSpan.FromMilliseconds(2_345), Day, 1_234_567),
        ["job"] = new JobContent("docs.example.net", new PageCounts(812, 40, 30, 160, 10), TimeSpan.FromMilliseconds(845), Day),
    };

    public static IEnumerable<object[]> All => from painter in Painters.BuiltIn from card in Cards.Keys select new object[] { painter, card };

    [Theory, MemberData(nameof(All))]
    public void A_card_looks_as_it_was_approved(string painter, string card)
    {
        var drawn = new CardArtist(Painters.Of(painter)).Draw(Cards[card]).Png;
        var place = Path.Combine(AppContext.BaseDirectory, "Golden", $"{painter}-{card}.png");
        var approved = File.Exists(place) ? File.ReadAllBytes(place) : [];
        var alike = approved.Length > 0 && (painter == "skia" ? drawn.AsSpan().SequenceEqual(approved) : Shade(DecodedPng.Read(drawn), DecodedPng.Read(approved)) <= MostShade);
        Assert.True(alike, $"It looks otherwise than tests/Host/Cards/Golden/{painter}-{card}.png: see {Kept(painter, card, drawn)}");
    }

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters))]
    public void A_letter_that_is_moved_by_a_pixel_is_noticed(string painter)
    {
        var approved = DecodedPng.Read(new CardArtist(Painters.Of(painter)).Draw(Cards["latin"]).Png);
        var moved = approved with { Pixels = [.. approved.Pixels[1..], approved.Pixels[^1]] };
        Assert.True(Shade(moved, approved) > MostShade);
    }

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters)), Trait("Seeds", "D-8+")]
    public void The_same_card_is_the_same_bytes_on_every_thread(string painter)
    {
        var artist = new CardArtist(Painters.Of(painter));
        var once = Cards.Values.Select(artist.Draw).ToList();
        var again = Cards.Values.Concat(Cards.Values).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(artist.Draw).ToList();
        Assert.All(again, (picture, i) => Assert.Equal(once[i % once.Count].Png, picture.Png));
        Assert.All(again, (picture, i) => Assert.Equal(once[i % once.Count].Key, picture.Key));
        Assert.Equal(Cards.Count, once.Select(picture => picture.Key).Distinct().Count());
    }

    [Theory, MemberData(nameof(Painters.Names), MemberType = typeof(Painters)), Trait("Seeds", "D-10+")]
    public void A_card_is_small(string painter)
    {
        var artist = new CardArtist(Painters.Of(painter));
        Assert.All(Cards.Values, card => Assert.InRange(artist.Draw(card).Png.Length, 1, 40_000));
        Assert.All(HostileTitles.All, title => Assert.InRange(artist.Draw(new PageContent("example.org", "/" + title, title, 12)).Png.Length, 1, 80_000));
    }

    // The largest difference of a patch's mean lightness.
    private static double Shade(DecodedPng one, DecodedPng other)
    {
        Assert.Equal((one.Width, one.Height), (other.Width, other.Height));
        var sums = new long[(one.Width + Patch - 1) / Patch, (one.Height + Patch - 1) / Patch];
        for (var at = 0; at < one.Pixels.Length; at++)
            sums[at % one.Width / Patch, at / one.Width / Patch] += Lightness(one.Pixels[at]) - Lightness(other.Pixels[at]);
        return sums.Cast<long>().Max(Math.Abs) / (double)(Patch * Patch);
    }

    private static int Lightness(int colour) => ((colour >> 16 & 0xFF) + (colour >> 8 & 0xFF) + (colour & 0xFF)) / 3;

    private static string Kept(string painter, string card, byte[] drawn)
    {
        var place = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "Drawn")).FullName, $"{painter}-{card}.png");
        File.WriteAllBytes(place, drawn);
        return place;
    }
}
