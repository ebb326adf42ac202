using System.Net;
using System.Net.Sockets;
using System.Text;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

public class WebFetcherSpecs
{
    private const string Html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8";

    [Fact]
    public async Task A_page_is_answered_with_what_it_says()
    {
        await using var site = new RawServer(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nX-Robots-Tag: noindex\r\nX-Two: a\r\nX-Two: b",
            Encoding.UTF8.GetBytes("<title>T</title><a href=/b?utm_source=x>b</a>"));
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/%7Ea?q={{x}}");
        Assert.Equal((200, 45L, "text/html", "T", true), (answer.Status, answer.Bytes, answer.ContentType, answer.Content!.Title, answer.Content.NoIndex));
        Assert.Equal("/b", answer.Content.Found.Single().Url.PathAndQuery);
        Assert.Equal("Thu, 01 Jan 2026 00:00:00 GMT", answer.Date);
        Assert.Contains("X-Two: a\nX-Two: b\n", answer.Headers);
        Assert.Null(answer.Robots);

        var head = Assert.Single(site.Heads);
        Assert.StartsWith("GET /%7Ea?q={x} HTTP/1.1\r\n", head);
        Assert.Contains("User-Agent: AmbleBot/0.1.0 (+https://amble.invalid/bot)\r\n", head);
        Assert.Contains("Accept-Encoding: gzip, deflate, br\r\n", head);
        Assert.DoesNotContain("Cookie", head);
        Assert.DoesNotContain("traceparent", head);
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        await using var site = new RawServer(Html + "\r\nSet-Cookie: a=b");
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        for (var i = 0; i < 2; i++)
            await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), Departing.Freely, CancellationToken.None);
        Assert.DoesNotContain("Cookie", site.Heads[1]);
    }

    [Theory]
    [InlineData(301, "/there", "/there")]
    [InlineData(302, "there?utm_source=x#y", "/a/there")]
    [InlineData(308, "/ü", "/%C3%BC")]
    [InlineData(307, "mailto:a@example.org", null)]
    [InlineData(304, "/there", null)]
    [InlineData(200, "/there", null)]
    public async Task A_redirect_is_returned_and_not_followed(int status, string location, string? to)
    {
        await using var site = new RawServer($"HTTP/1.1 {status} X\r\nLocation: {location}");
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/a/b");
        Assert.Equal((status, to), (answer.Status, answer.RedirectTo?.PathAndQuery));
        Assert.Single(site.Heads);
    }

    [Fact]
    public async Task Retry_After_is_returned_raw_and_in_order()
    {
        await using var site = new RawServer("HTTP/1.1 429 X\r\nRetry-After: 3\r\nRetry-After: Thu, 01 Jan 2026 00:00:00 GMT");
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal(["3", "Thu, 01 Jan 2026 00:00:00 GMT"], answer.RetryAfter);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/pdf")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Type: text/html")]
    public async Task What_is_no_page_is_not_parsed(string head)
    {
        await using var site = new RawServer(head, Encoding.UTF8.GetBytes("<a href=/b>b</a>"));
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.Null(answer.Content);
        Assert.Equal(16, answer.Bytes);
    }

    [Fact]
    public async Task A_large_file_that_is_no_page_is_not_downloaded()
    {
        await using var site = new RawServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 1000000000\r\n\r\n"u8.ToArray(), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal((200, 0L), (answer.Status, answer.Bytes));
    }

    [Fact]
    public async Task A_robots_txt_is_decoded_cut_at_its_cap_and_no_error()
    {
        var text = "\uFEFFUser-agent: *\r\nDisallow: /ü\r\n";
        await using var site = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/plain", [.. Encoding.UTF8.GetBytes(text), .. new byte[1 << 20]]);
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/robots.txt", RequestKind.Robots);
        // Whole lines: what follows the last one may be half a rule.
        Assert.Equal(Encoding.UTF8.GetByteCount(text), Encoding.UTF8.GetByteCount(answer.Robots!.Text));
        Assert.Null(answer.Content);
        Assert.False(RobotsRules.Parse(answer.Robots.Text, RobotsRules.ProductToken).Allows("/%C3%BCber"));
    }

    [Fact]
    [Trait("Seeds", "P-7")]
    public async Task A_name_that_does_not_exist_is_told_as_such()
    {
        var failed = await FailAsync(Loopback, "http://example.invalid/");
        // A machine without a name server cannot know that the name does not exist.
        Assert.Contains((failed.Failure, failed.Detail), new[]
        {
            (FetchFailure.NoSuchHost, "There is no host named example.invalid."),
            (FetchFailure.Timeout, "The name example.invalid could not be looked up just now."),
        });
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_told_as_such()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var failed = await FailAsync(Loopback, $"http://127.0.0.1:{port}/");
        Assert.Equal((FetchFailure.ConnectionRefused, $"127.0.0.1:{port} refused the connection."), (failed.Failure, failed.Detail));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nshort", FetchFailure.ConnectionCut)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Ty", FetchFailure.ConnectionCut)]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n\r\n", FetchFailure.BadAnswer)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", FetchFailure.BadAnswer)]
    [InlineData("", FetchFailure.ConnectionCut)]
    public async Task An_answer_that_is_none_is_told_as_such(string said, FetchFailure failure)
    {
        await using var site = new RawServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(said), stop);
            throw new IOException("Enough said.");
        });
        Assert.Equal(failure, (await FailAsync(Loopback, $"http://127.0.0.1:{site.Port}/")).Failure);
    }

    [Fact]
    public async Task Headers_over_the_cap_are_too_large()
    {
        await using var site = new RawServer($"{Html}\r\nX: {new string('x', 70_000)}");
        Assert.Equal(FetchFailure.TooLarge, (await FailAsync(Loopback, $"http://127.0.0.1:{site.Port}/")).Failure);
    }

    [Fact]
    public async Task Kept_headers_end_with_a_whole_line_before_their_cap()
    {
        await using var site = new RawServer($"HTTP/1.1 404 X\r\nA: {new string('a', 10_000)}\r\nB: {new string('b', 10_000)}");
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.StartsWith("A: aaa", answer.Headers);
        Assert.DoesNotContain("B: b", answer.Headers);
    }

    [Theory]
    [Trait("Seeds", "P-7")]
    [Trait("Seeds", "P-19+")]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")]
    public async Task One_deadline_ends_the_fetch_also_in_a_body_that_drips(string before)
    {
        await using var site = new RawServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(before), stop);
            while (before.Length > 0)
            {
                await stream.WriteAsync("x"u8.ToArray(), stop);
                await Task.Delay(10, stop);
            }
            await Task.Delay(Timeout.Infinite, stop);
        });
        var failed = await FailAsync(Loopback with { FetchTimeout = TimeSpan.FromMilliseconds(300) }, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal((FetchFailure.Timeout, $"127.0.0.1:{site.Port} did not answer in time."), (failed.Failure, failed.Detail));
    }

    [Fact]
    public async Task A_stop_is_thrown_and_is_the_only_thing_that_is()
    {
        using var stop = new CancellationTokenSource();
        await using var site = new RawServer(async (_, _, never) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, never);
        });
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        await Assert.ThrowsAsync<OperationCanceledException>(() => web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), Departing.Freely, stop.Token));
    }

    [Fact]
    public void All_wrong_settings_are_told_at_once()
    {
        var wrong = new WebSettings { Contact = "me", ConnectTo = "localhost", LocalAddress = "here", FetchTimeout = TimeSpan.Zero, RobotsCap = 1 };
        Assert.Equal(
        [
            "Web:Contact is 'me'; allowed is an absolute http or https URL without spaces and parentheses.",
            "Web:ConnectTo is 'localhost'; allowed is HOST:PORT, as in 127.0.0.1:8080 or [::1]:8080.",
            "Web:LocalAddress is 'here'; allowed is an IP address of this machine.",
            "Web:FetchTimeout is 00:00:00; allowed is 00:00:00.0010000 to 01:00:00.",
            "Web:RobotsCap is 1; allowed is 512000 to 10485760.",
        ], WebSettings.Problems(wrong).Select(problem => problem.ToString()));
        Assert.Empty(WebSettings.Problems(WebSettings.Default));
        Assert.Throws<ArgumentException>(() => new WebFetcher(wrong, TimeProvider.System));
    }
}
