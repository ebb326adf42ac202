using System.Diagnostics;
using Amble.App.Cards;
using Amble.Behaviours.Cards;

namespace Amble.Benchmarks;

/// <summary>
/// One card after another on one thread, from what it is about to its file (SEEDS D-10+), with each painter that is built in; beside them in the same
/// rounds a bare loop, which only paints two lines that were laid out beforehand and packs the pixels. The first card, which opens
/// the fonts, is told apart.
/// </summary>
internal static class CardSpeed
{
    private const int CardsARound = 400;
    private const int WarmUp = 100;

    public static async Task RunAsync(BenchmarkOptions options)
    {
        Console.WriteLine($"cards: {CardsARound} different cards a round on one thread, {options.Rounds} rounds");
        var table = new Table("painter", "cards/s", "of bare loop", "bare loop, cards/s", "p50, ms", "p99, ms", "CPU, ms a card", "KB: median", "most", "first card, ms");
        foreach (var open in (Func<ICardPainter?>[])[() => SkiaPart.TryOpen(CardPainting.ShippedFonts, out _), () => PangoPart.TryOpen(CardPainting.ShippedFonts, out _)])
        {
            // Nothing of an earlier painter is to be cleared away in this one's time.
            await Task.Yield();
            var began = Stopwatch.GetTimestamp();
            if (open() is not { } painter) continue;
            using (painter)
            {
                var artist = new CardArtist(painter);
                artist.Draw(Content(0));
                var first = Stopwatch.GetElapsedTime(began);
                table.Add([painter.Name, .. Measure(artist, painter, options.Rounds), Figures.Written(first.TotalMilliseconds, "N0")]);
            }
        }
        table.Write(Console.Out);
    }

    private static string[] Measure(CardArtist artist, ICardPainter painter, int rounds)
    {
        var bare = new BareCard(painter);
        var (speed, share, bareSpeed, cpu, each, size) = (new Figures(), new Figures(), new Figures(), new Figures(), new Figures(), new Figures());
        for (var i = 0; i < WarmUp; i++)
        {
            artist.Draw(Content(i));
            bare.Draw();
        }
        for (var round = 0; round < rounds; round++)
        {
            var bareTook = TimeOf(() => { for (var i = 0; i < CardsARound; i++) bare.Draw(); });
            var before = Environment.CpuUsage.TotalTime;
            var took = TimeOf(() =>
            {
                for (var i = 0; i < CardsARound; i++)
                {
                    var began = Stopwatch.GetTimestamp();
                    var picture = artist.Draw(Content(round * CardsARound + i));
                    each.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    size.Add(picture.Png.Length / 1e3);
                }
            });
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / CardsARound);
            speed.Add(CardsARound / took.TotalSeconds);
            bareSpeed.Add(CardsARound / bareTook.TotalSeconds);
            share.Add(bareTook / took);
        }
        return
        [
            speed.Text("N0"), share.Text("0.00"), bareSpeed.Text("N0"), Figures.Written(each.Median, "0.0"), Figures.Written(each.Share(0.99), "0.0"), cpu.Text("0.0"),
            Figures.Written(size.Median, "0"), Figures.Written(size.Most, "0"),
        ];
    }

    // Titles of two to eleven words, so that no two cards are alike; one of eight is a site's and one of eight a job's.
    private static CardContent Content(int number)
    {
        string[] words = ["Polite", "crawling", "of", "large", "websites", "with", "Größe", "и", "терпение", "since", "guides"];
        var counts = new PageCounts(1_000 + number, number % 90, number % 7, number % 31, number % 3);
        return (number % 8) switch
        {
            0 => new SiteContent($"shop{number}.example.org", counts, TimeSpan.FromMilliseconds(number), new DateOnly(2026, 11, 26), number * 31),
            1 => new JobContent($"docs{number}.example.org", counts, TimeSpan.FromMilliseconds(number), new DateOnly(2026, 11, 26)),
            _ => new PageContent("example.org", $"/articles/{number}", $"{string.Join(' ', Enumerable.Range(0, 2 + number % 10).Select(i => words[(number * 7 + i) % words.Length]))} {number}", number),
        };
    }

    private static TimeSpan TimeOf(Action act)
    {
        var began = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>The least that a card could be: two lines on paper, nothing measured, nothing laid out, no other shape.</summary>
    private sealed class BareCard(ICardPainter painter)
    {
        private static readonly CardPalette Palette = new(Landscape.Of("example.org"));
        private static readonly PlacedText[] Lines =
        [
            new("Polite crawling of large websites", 120, 220, 60, TextWeight.Bold, CardInk.Strong, false),
            new("with patience, since 2026", 120, 300, 60, TextWeight.Bold, CardInk.Strong, false),
        ];

        private readonly CoveragePlane _plane = new();
        private readonly CardPixels _pixels = new();

        public byte[] Draw()
        {
            _pixels.Clear();
            painter.Paint(Lines, _plane);
            _pixels.Ink(_plane, Palette.Texts[0]);
            return PalettePng.Write(_pixels.Indices, CoveragePlane.Width, CoveragePlane.Height, Palette.Colours);
        }
    }
}
