using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amble.App.Cards;
using Amble.Behaviours.Cards;
using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Cards;

/// <summary>Which painter there is, and what is said where there is none.</summary>
public sealed class CardPaintingSpecs
{
    [Fact]
    public async Task The_first_painter_that_is_built_in_draws()
    {
        var painting = CardPainting.Begin(CardPainting.ShippedFonts);
        var artist = await painting.ArtistAsync();
        Assert.Equal(SkiaPart.IsBuiltIn ? "skia" : PangoPart.IsBuiltIn ? "pango" : null, artist?.Painter);
        Assert.StartsWith(artist?.Painter ?? "none: The part skia is not built in. The part pango is not built in.", painting.Word);
    }

    [Fact]
    public async Task Without_the_fonts_there_is_none_and_the_reason_is_told()
    {
        var painting = CardPainting.Begin(Path.Combine(CardPainting.ShippedFonts, "elsewhere"));
        Assert.Null(await painting.ArtistAsync());
        Assert.StartsWith("none: ", painting.Word);
        if (SkiaPart.IsBuiltIn) Assert.Contains("Skia cannot be used: the font InterDisplay-Bold.otf is not beside the program.", painting.Word);
        if (PangoPart.IsBuiltIn) Assert.Contains("Pango cannot be used: the font InterDisplay-Bold.otf is not beside the program.", painting.Word);
    }

    [Fact]
    public async Task Health_says_who_draws()
    {
        await using var served = await Served.StartAsync();
        Assert.Equal("none: this command draws no cards", (string?)(await served.Http.GetFromJsonAsync<JsonObject>("/healthz"))!["cards"]);
    }

    [Fact]
    public void The_fonts_come_with_their_licences()
    {
        foreach (var font in CardFont.For(TextWeight.Bold).Concat(CardFont.For(TextWeight.Medium)))
        {
            Assert.True(File.Exists(Path.Combine(CardPainting.ShippedFonts, font.File)), font.File);
            var licence = font.File.StartsWith("Inter", StringComparison.Ordinal) ? "OFL-Inter.txt" : "OFL-Noto.txt";
            Assert.Contains("SIL OPEN FONT LICENSE Version 1.1", File.ReadAllText(Path.Combine(CardPainting.ShippedFonts, licence)));
        }
        Assert.InRange(new DirectoryInfo(CardPainting.ShippedFonts).EnumerateFiles().Sum(file => file.Length), 1, 16_000_000);
    }
}
