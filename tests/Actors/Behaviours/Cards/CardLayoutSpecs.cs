using Amble.Behaviours.Cards;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Cards;

public sealed class CardLayoutSpecs
{
    private static readonly DateOnly Day = new(2026, 11, 26);
    private static readonly PageCounts Counts = new(1_180, 14, 3, 12, 1);
    private static readonly JobContent Job = new("example.org", Counts, TimeSpan.FromMilliseconds(2_345), Day);

    [Fact]
    public void A_job_prints_score_pages_broken_slowest_and_date() => Assert.Equal(
        ["26 Nov 2026", "Amble · crawl report", "98", "score", "example.org", "1,210", "pages", "12", "broken", "2.3 s", "slowest"], Texts(Job));

    [Fact]
    public void A_site_prints_its_views_too() => Assert.Equal(
        ["26 Nov 2026", "Amble · site health", "98", "score", "example.org", "1,210", "pages", "12", "broken", "1.2M", "views"],
        Texts(new SiteContent("example.org", Counts, null, Day, 1_234_567)));

    [Fact]
    public void A_page_prints_title_host_path_and_views() => Assert.Equal(
        ["example.org", "A title", "12k views", "/a?b=c"], Texts(new PageContent("example.org", "/a?b=c", "A title", 12_345)));

    [Theory]
    [InlineData("/docs", null, "/docs")]
    [InlineData("/docs", " \0\u202E ", "/docs")]
    [InlineData("/", null, "example.org")]
    [InlineData("/", "⁂⁂", "example.org")]
    public void Without_a_title_that_can_be_drawn_the_path_or_the_host_stands_there(string path, string? title, string drawn) =>
        Assert.Equal(drawn, Lay(new PageContent("example.org", path, title, null)).Single(text => text.Weight == TextWeight.Bold).Text);

    [Fact]
    public void What_no_font_has_is_left_out() => Assert.Contains("A title", Texts(new PageContent("example.org", "/", "A ⁂ title⁂", 1)));

    [Fact]
    public void A_title_from_right_to_left_stands_at_the_right()
    {
        var title = Lay(new PageContent("example.org", "/", "שלום", null)).Single(text => text.Weight == TextWeight.Bold);
        Assert.True(title.RunsLeft);
        Assert.Equal(CardLayout.SafeRight, title.X + EvenMeasure.Of(title.Text).Width() * title.Size + 1, 0.1f);
    }

    [Fact]
    public void Ink_that_hangs_over_is_inside_too()
    {
        static MeasuredText Hanging(string text, TextWeight weight, bool runsLeft) => MeasuredText.Of(text, Enumerable.Repeat(0.5f, text.Length).ToArray(), [], 0.2f, 0.1f);
        var title = string.Concat(Enumerable.Repeat("Όροι ", 60));
        Assert.All(CardLayout.Of(CardFace.Of(new PageContent("example.org", "/" + title, title, 12)), Hanging), text =>
        {
            Assert.True(text.X - 0.2f * text.Size >= CardLayout.SafeLeft);
            Assert.True(text.X + (Hanging(text.Text, text.Weight, text.RunsLeft).Width() + 0.1f) * text.Size <= CardLayout.SafeRight + 0.1f);
        });
    }

    [Fact, Trait("Seeds", "D-9+")]
    public void Whatever_it_says_every_text_is_inside_the_centre_80_percent_and_none_runs_over_another() =>
        Prop.ForAll(Gen.Choose(0, EvenMeasure.Picks - 1).ArrayOf(40).ToArbitrary(), picks =>
        {
            var (title, host) = (EvenMeasure.Text(picks), EvenMeasure.Text(picks.Take(9)));
            return Judge(new PageContent(host, "/" + title, title, int.MaxValue)) && Judge(new PageContent(host, title, null, 5))
                && Judge(new SiteContent(host, Counts, TimeSpan.FromDays(90), Day, long.MaxValue)) && Judge(new JobContent(title, new PageCounts(long.MaxValue / 9, 0, 0, long.MaxValue / 9, 0), null, Day));
        }).QuickCheckThrowOnFailure();

    [Fact, Trait("Seeds", "D-8+")]
    public void A_key_is_of_all_that_is_printed_and_of_nothing_else()
    {
        var key = Key(Job);
        Assert.Equal(32, key.Text.Length);
        Assert.Equal(key, Key(Job with { Slowest = TimeSpan.FromMilliseconds(2_390) }));
        Assert.NotEqual(key, Key(Job with { Slowest = TimeSpan.FromMilliseconds(2_400) }));
        Assert.NotEqual(key, Key(Job with { Host = "example.net" }));
        Assert.NotEqual(key, Key(Job with { Date = Day.AddDays(1) }));
        Assert.NotEqual(key, Key(Job with { Pages = Counts with { Broken = 13 } }));
        Assert.NotEqual(key, CardKey.Of(CardFace.Of(Job), "other painter"));
        var page = new PageContent("example.org", "/", "A title", 12_345);
        Assert.Equal(Key(page), Key(page with { Views = 12_999 }));
        Assert.NotEqual(Key(page), Key(page with { Views = 13_000 }));
        Assert.NotEqual(Key(page with { Title = "ab", Path = "/c" }), Key(page with { Title = "a", Path = "/bc" }));
    }

    [Fact, Trait("Seeds", "D-8+")]
    public void A_key_is_the_same_in_every_process() => Assert.Equal("5a0dedc2ae6b51d25d4d95e22a3ca994", Key(Job).Text);

    [Fact]
    public void Every_landscape_has_few_colours_and_an_accent_that_can_be_read()
    {
        foreach (var place in Enumerable.Range(0, 40).Select(i => $"host{i}.test"))
        {
            var landscape = Landscape.Of(place);
            Assert.InRange(new CardPalette(landscape).Colours.Count, 16, 256);
            Assert.True(Contrast(landscape.Accent, 0xFBFBF9) >= 4.5, $"{landscape.Accent:X6} is too pale for text.");
            Assert.All(Enumerable.Range(0, CoveragePlane.Width), x => Assert.True(landscape.FarEdge(x) > CardLayout.SafeTop + 440 && landscape.NearEdge(x) > landscape.FarEdge(x) && landscape.NearEdge(x) < CoveragePlane.Height - 40));
        }
    }

    private static CardKey Key(CardContent content) => CardKey.Of(CardFace.Of(content), "painter");

    private static IReadOnlyList<PlacedText> Lay(CardContent content) => CardLayout.Of(CardFace.Of(content), EvenMeasure.Of);

    private static IEnumerable<string> Texts(CardContent content) => Lay(content).Select(text => text.Text);

    private static bool Judge(CardContent content)
    {
        var boxes = Lay(content).Select(text => (Left: text.X, Right: text.X + EvenMeasure.Of(text.Text).Width() * text.Size, Top: text.Baseline - text.Size * 0.75f, Bottom: text.Baseline + (text.Text.All(char.IsAsciiDigit) ? 0 : text.Size * 0.22f))).ToList();
        return boxes.All(box => box.Left >= CardLayout.SafeLeft - 0.1f && box.Right <= CardLayout.SafeRight + 0.1f && box.Top >= CardLayout.SafeTop && box.Bottom <= CardLayout.SafeBottom)
            && boxes.All(one => boxes.All(other => one == other || one.Right <= other.Left + 0.1f || other.Right <= one.Left + 0.1f || one.Bottom <= other.Top || other.Bottom <= one.Top));
    }

    // WCAG 2.2, relative luminance.
    private static double Contrast(int one, int other)
    {
        static double Luminance(int colour)
        {
            static double Part(int value) => value / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
            return 0.2126 * Part(colour >> 16 & 0xFF) + 0.7152 * Part(colour >> 8 & 0xFF) + 0.0722 * Part(colour & 0xFF);
        }
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }
}
