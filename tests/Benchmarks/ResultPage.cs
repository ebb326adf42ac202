using System.Diagnostics;
using System.Net;
using Amble.App;
using Amble.App.Http;
using Amble.App.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Amble.Benchmarks;

/// <summary>
/// How long a reader waits for the first byte of a large job's pages: the product's server on loopback, in turns with a bare route that
/// answers a constant text of the same size.
/// </summary>
internal static class ResultPage
{
    private const int Pages = 100_000;
    private const int Views = 200;
    private const int WarmUp = 20;
    private const double MostWait = 50;

    // What has no route here is left out and named.
    private static readonly string[] _paths =
    [
        "/jobs/1", "/jobs/1/broken", "/jobs/1/redirects", "/jobs/1/slow", "/jobs/1/pages", "/jobs/1/pages?class=ok", "/jobs/1/pages?class=broken", "/jobs/1/pages?class=redirected",
        "/jobs/1/pages?issue=slow", "/jobs/1/pages?sort=slowest", "/jobs/1/pages?sort=largest", "/jobs/1/pages?sort=deepest", "/jobs/1/pages?class=broken&sort=slowest",
        "/jobs/1/pages?q=section-7", "/jobs/1/pages?q=nowhere-to-be-found", "/pages/5000", "/api/jobs/1", "/api/jobs/1/pages", "/api/jobs/1/pages?class=broken", "/sites/site-00001.test", "/",
    ];

    public static async Task RunAsync(BenchmarkOptions options)
    {
        Console.WriteLine($"result-page: a job of {Pages:N0} pages, {Views} views of each page in each of {options.Rounds} rounds, one after the other");
        var directory = Directory.CreateTempSubdirectory("amble-benchmark-");
        try
        {
            var began = Stopwatch.GetTimestamp();
            await LargeJob.CrawlAsync(directory.FullName, Pages);
            Console.WriteLine($"crawled and ended in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s");
            await MeasureAsync(directory.FullName, options.Rounds);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string directory, int rounds)
    {
        await using var node = Wiring.OpenNode(LargeJob.Node(directory));
        var settings = SettingsReader.Read(null, [KeyValuePair.Create("AMBLE_LIMITER__PERSECOND", "0")], new Dictionary<string, string> { ["--data"] = directory }).Settings;
        await using var ours = NodeServer.Build(new ServeNode(node, settings, new TokenFile(directory)), [new IPEndPoint(IPAddress.Loopback, 0)], socket: null);
        await ours.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(ours.Urls.First()) };
        var table = new Table("", "bytes", "first byte, median ms", "p99, ms", "constant text: median ms", "p99, ms", "most, ms: page / constant");
        foreach (var path in _paths.Concat(AddedPaths()))
        {
            using var first = await http.GetAsync(path);
            if (first.StatusCode == HttpStatusCode.NotFound)
            {
                Console.WriteLine($"left out: {path} is not there");
                continue;
            }
            await AddAsync(table, path, (await first.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length, http, rounds);
        }
        table.Write(Console.Out);
    }

    /// <summary>More paths to be measured in the same run, apart by spaces.</summary>
    private static string[] AddedPaths() => (Environment.GetEnvironmentVariable("RESULT_PAGE_PATHS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static async Task AddAsync(Table table, string path, int size, HttpClient http, int rounds)
    {
        await using var constant = await ConstantAsync(size);
        using var bare = new HttpClient { BaseAddress = new Uri(constant.Urls.First()) };
        var (page, text) = (new Figures(), new Figures());
        for (var view = 0; view < WarmUp + (Views * rounds); view++)
        {
            foreach (var isPage in view % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                var took = await FirstByteAsync(isPage ? http : bare, isPage ? path : "/");
                if (view >= WarmUp) (isPage ? page : text).Add(took);
            }
        }
        table.Add(
            path, Figures.Written(size, "N0"), Figures.Written(page.Median, "0.0"), Figures.Written(page.Share(0.99), "0.0"), Figures.Written(text.Median, "0.0"),
            Figures.Written(text.Share(0.99), "0.0"), $"{Figures.Written(page.Most, "0")} / {Figures.Written(text.Most, "0")}");
        Console.WriteLine($"{path}: {Figures.Written(page.Median, "0.0")} ms, target {MostWait} {(page.Median < MostWait ? "reached" : "MISSED")}");
    }

    private static async Task<double> FirstByteAsync(HttpClient http, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1]);
        var took = Stopwatch.GetElapsedTime(began);
        await body.CopyToAsync(Stream.Null);
        return took.TotalMilliseconds;
    }

    private static async Task<WebApplication> ConstantAsync(int size)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var text = new byte[size];
        Array.Fill(text, (byte)'x');
        app.Run(async http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.ContentLength = size;
            await http.Response.Body.WriteAsync(text, http.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }
}
