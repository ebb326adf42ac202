using System.Diagnostics;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>65,000 pages without a card: a job's end draws within its budget, and rounds of the same budget draw the rest (D-2).</summary>
internal static class CardCarryOver
{
    private const int Pages = 65_000;

    public static async Task RunAsync()
    {
        var artist = CardNode.Artist();
        if (await artist is not { } painter)
        {
            Console.WriteLine("carry-over: left out, since no painter is built in");
            return;
        }
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        try
        {
            var settings = CardSettings.Default with { CarryOnEvery = TimeSpan.FromDays(1) };
            Console.WriteLine($"carry-over: a job of {Pages:N0} pages, a budget of {settings.Budget.TotalSeconds:0} s a round, painter {painter.Painter}");
            await using var node = new CardNode(directory.FullName, settings, artist, Pages);
            await node.StartAsync();
            await node.CrawlAsync(PageUrl.FromStored("http://many.test/"));
            Console.WriteLine($"job end {Figures.Written(node.JobEnds.Last / 1_000, "0.0")} s, {node.Runtime.Cards.Counts.Drawn:N0} drawn, {Left(node):N0} carried over");
            for (var round = 1; Left(node) > 0; round++)
            {
                var began = Stopwatch.GetTimestamp();
                var progress = await node.Runtime.Cards.DrawAsync(new CardRound.New(All: false, settings.Budget), _ => { }, CancellationToken.None);
                Console.WriteLine($"round {round}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, {progress.Drawn:N0} drawn, {progress.Failed} failed, {Left(node):N0} left");
            }
            var sums = node.CardReads.ReadCardSums(DateTimeOffset.UtcNow);
            Console.WriteLine($"all drawn: {sums.Cards:N0} cards, {sums.Bytes / Math.Max(1, sums.Cards):N0} bytes each; store busy {node.Troubles} times");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static long Left(CardNode node) => node.CardReads.ReadLeft(10).Sum(one => one.Left);
}
