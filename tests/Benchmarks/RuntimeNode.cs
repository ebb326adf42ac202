using System.Globalization;
using System.Text.Json;
using Amble.App;
using Amble.App.Settings;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Writing;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>The process that crawls one site without a pace on one of the runtimes, as a node of <c>serve</c> would.</summary>
internal static class RuntimeNode
{
    public const string Word = "runtime-node";

    /// <param name="Seconds">From the first request's start to the last one's end.</param>
    public sealed record Outcome(long Ok, double Seconds);

    public static async Task<int> RunAsync(string[] words)
    {
        var (runtime, port, start, concurrency, postgres) = (words[0], words[1], words[2], int.Parse(words[3], CultureInfo.InvariantCulture), words[4]);
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        var web = WebSettings.Default with { AllowPrivate = true, ConnectTo = $"127.0.0.1:{port}" };
        var settings = new NodeSettings(directory.FullName, null, null, new CrawlSettings(), WriterQueueSettings.Default, web)
        {
            Postgres = postgres,
            Member = runtime == "cluster" ? new Membership("127.0.0.1", 0, [], 100, null) : null,
        };
        try
        {
            await using var node = Wiring.OpenNode(settings);
            node.Runtime.Start();
            PageUrl.TryParse(start, out var url, out _);
            var job = await node.Runtime.CreateAsync(new NewJob(url!, JobLimits.None, concurrency, Unpaced: true, Warm: false), CancellationToken.None);
            await node.Runtime.WhenEndedAsync(job.Id, CancellationToken.None);
            var view = node.Reads.ReadJob(job.Id)!;
            Console.WriteLine(JsonSerializer.Serialize(new Outcome(view.Counts.Ok, (view.LastRequestEndAt - view.FirstRequestAt)!.Value.TotalSeconds)));
            await node.Runtime.StopAsync(TimeSpan.FromSeconds(5));
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
