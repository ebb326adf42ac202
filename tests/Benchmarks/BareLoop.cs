using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using AngleSharp.Html.Parser;

namespace Amble.Benchmarks;

/// <summary>
/// What anybody would write first: HttpClient, AngleSharp's DOM, a set of URLs, so many workers. No robots.txt, no pace, no retries, nothing
/// stored. Its process is what Amble's is compared with. Without parsing it only fetches, which shows what the site itself can serve.
/// </summary>
internal sealed class BareLoop(HttpClient client, bool parse)
{
    public const string Word = "bare";

    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly Channel<Uri> _waiting = Channel.CreateUnbounded<Uri>();
    private readonly HtmlParser _parser = new();
    private long _open;
    private long _pages;

    /// <param name="words">The port that every connection goes to, how many workers, a file of URLs, and "parse" or "fetch".</param>
    public static async Task<int> RunAsync(string[] words)
    {
        var port = int.Parse(words[0]);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        var loop = new BareLoop(client, words[3] == "parse");
        var began = Stopwatch.GetTimestamp();
        await loop.CrawlAsync(File.ReadLines(words[2]).Select(line => new Uri(line)), int.Parse(words[1]));
        Console.WriteLine(JsonSerializer.Serialize(new Outcome(loop._pages, Stopwatch.GetElapsedTime(began).TotalSeconds)));
        return 0;
    }

    private async Task CrawlAsync(IEnumerable<Uri> starts, int workers)
    {
        foreach (var start in starts)
        {
            Offer(start);
        }
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync)));
    }

    private async Task WorkAsync()
    {
        await foreach (var url in _waiting.Reader.ReadAllAsync())
        {
            if (parse)
            {
                Read(url, await client.GetStringAsync(url));
            }
            else
            {
                await client.GetByteArrayAsync(url);
            }
            Interlocked.Increment(ref _pages);
            if (Interlocked.Decrement(ref _open) == 0)
            {
                _waiting.Writer.Complete();
            }
        }
    }

    private void Read(Uri page, string html)
    {
        using var document = _parser.ParseDocument(html);
        foreach (var link in document.Links)
        {
            if (link.GetAttribute("href") is { } href && Uri.TryCreate(page, href, out var to) && to.Scheme == page.Scheme && to.Authority == page.Authority)
            {
                Offer(to);
            }
        }
    }

    private void Offer(Uri url)
    {
        if (_seen.TryAdd(url.GetLeftPart(UriPartial.Query), true))
        {
            Interlocked.Increment(ref _open);
            _waiting.Writer.TryWrite(url);
        }
    }

    /// <param name="Seconds">From the first request to the last answer.</param>
    internal sealed record Outcome(long Pages, double Seconds);
}
