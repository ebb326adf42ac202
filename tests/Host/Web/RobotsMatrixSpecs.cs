using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

/// <summary>
/// The matrix of robots.txt (RFC 9309 sections 2.3.1 and 2.5), by real HTTP: what the site answers, what may be asked then, and for how
/// long that holds. Its file, where there is one, forbids /private/ alone.
/// </summary>
public sealed class RobotsMatrixSpecs
{
    private const string Rules = "User-agent: *\nDisallow: /private/\n";
    private const int Cap = 500 << 10;

    // The answer, whether /open and /private/1 may be asked, and how long that is believed.
    public static TheoryData<string, bool, bool, string> Cells => new()
    {
        { "200", true, false, "1 day" },
        { "301 x 5", true, false, "1 day" },
        { "301 x 6", true, true, "1 day" },
        { "301 nowhere", true, true, "1 day" },
        { "401", true, true, "1 day" },
        { "403", true, true, "1 day" },
        { "404", true, true, "1 day" },
        { "429", false, false, "ask again" },
        { "500", false, false, "5 minutes" },
        { "503", false, false, "5 minutes" },
        { "timeout", false, false, "30 seconds" },
        { "DNS", false, false, "30 seconds" },
        { "TLS", false, false, "30 seconds" },
        { "600 KiB", true, false, "1 day" },
        { "600 KiB, cut in a rule", true, false, "1 day" },
        { "BOM", true, false, "1 day" },
        { "CRLF", true, false, "1 day" },
        { "CR", true, false, "1 day" },
        { "UTF-16LE", true, false, "1 day" },
        { "UTF-16BE", true, false, "1 day" },
        { "HTML", true, true, "1 day" },
        { "empty", true, true, "1 day" },
    };

    [Theory, MemberData(nameof(Cells))]
    public async Task What_the_site_answers_decides_what_may_be_asked(string cell, bool mayOpen, bool mayPrivate, string life)
    {
        await using var site = new RawServer((head, stream, stop) => AnswerAsync(cell, head, stream, stop));
        var settings = Loopback with { FetchTimeout = cell == "timeout" ? TimeSpan.FromMilliseconds(150) : Loopback.FetchTimeout };
        using var web = new WebFetcher(settings, TimeProvider.System, (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        var origin = cell switch { "DNS" => "http://nowhere.invalid", "TLS" => $"https://127.0.0.1:{site.Port}", _ => $"http://127.0.0.1:{site.Port}" };

        var now = DateTimeOffset.UtcNow;
        var (verdict, requests) = await LearnAsync(web, origin, now);
        var record = (verdict as RobotsVerdict.Known)?.Record;
        var rules = record is null ? RobotsRules.DisallowAll : RobotsRules.Of(record);
        Assert.Equal((mayOpen, mayPrivate), (rules.Allows("/open"), rules.Allows("/private/1")));
        Assert.Equal(life, record is null ? "ask again" : Life(record.ExpiresAt - now));
        Assert.InRange(requests, 1, 1 + RobotsRule.MostHops);
    }

    // As a domain does: it follows where it is led, at most five times, and the rules hold for the origin that was asked first.
    private static async Task<(RobotsVerdict Verdict, int Requests)> LearnAsync(WebFetcher web, string origin, DateTimeOffset now)
    {
        var (url, hops) = (origin + "/robots.txt", 0);
        for (var requests = 1; ; requests++)
        {
            var outcome = await web.FetchAsync(Request(url, RequestKind.Robots), Departing.Freely, CancellationToken.None);
            var verdict = RobotsRule.After(origin, outcome, hops, now);
            if (verdict is not RobotsVerdict.Follow follow) return (verdict, requests);
            (url, hops) = (follow.To.Text, follow.Hops);
        }
    }

    private static Task AnswerAsync(string cell, string head, Stream stream, CancellationToken stop)
    {
        if (cell.StartsWith("301", StringComparison.Ordinal))
        {
            var step = head.Split(' ')[1] == "/robots.txt" ? 0 : int.Parse(head.Split(' ')[1][2..], CultureInfo.InvariantCulture);
            if (cell == "301 nowhere") return RawServer.SayAsync(stream, "HTTP/1.1 301 X\r\nLocation: mailto:a@example.org", [], stop);
            return step < cell[^1] - '0' ? RawServer.SayAsync(stream, $"HTTP/1.1 301 X\r\nLocation: /r{step + 1}", [], stop) : SayAsync(Encoding.UTF8.GetBytes(Rules));
        }
        return cell switch
        {
            "timeout" => Task.Delay(Timeout.Infinite, stop),
            "600 KiB" => SayAsync(Long("Disallow: /open\n")),
            // Of its last rule, "Disallow: /open/but/not/all/of/it", just "Disallow: /" is within the cap.
            "600 KiB, cut in a rule" => SayAsync(Long("open/but/not/all/of/it\n", last: "Disallow: /")),
            "BOM" => SayAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Rules)]),
            "CRLF" => SayAsync(Encoding.UTF8.GetBytes(Rules.Replace("\n", "\r\n", StringComparison.Ordinal))),
            "CR" => SayAsync(Encoding.UTF8.GetBytes(Rules.Replace('\n', '\r'))),
            "UTF-16LE" => SayAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Rules)]),
            "UTF-16BE" => SayAsync([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Rules)]),
            "HTML" => SayAsync("<!doctype html><html><head><title>Home</title></head><body>Disallow: nothing <a href=/private/>x</a></body></html>"u8.ToArray(), "text/html"),
            "empty" => SayAsync([]),
            _ => RawServer.SayAsync(stream, $"HTTP/1.1 {(int.TryParse(cell, out var status) ? status : 200)} X\r\nContent-Type: text/plain", Encoding.UTF8.GetBytes(Rules), stop),
        };

        Task SayAsync(byte[] body, string type = "text/plain") => RawServer.SayAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: {type}", body, stop);
    }

    // The rules, comments up to the cap, and beyond it what must not count.
    private static byte[] Long(string beyond, string last = "")
    {
        var file = new StringBuilder(Rules);
        while (file.Length + last.Length < Cap) file.Append('#', Math.Min(99, Cap - file.Length - last.Length - 1)).Append('\n');
        file.Append(last).Append(beyond);
        return Encoding.UTF8.GetBytes(file.Append('#', (600 << 10) - file.Length).ToString());
    }

    private static string Life(TimeSpan life) => life.TotalHours >= 24 ? "1 day" : life.TotalMinutes >= 1 ? $"{life.TotalMinutes:0} minutes" : $"{life.TotalSeconds:0} seconds";
}
