using System.IO.Compression;
using System.Text;
using Amble.App.Web;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

/// <summary>
/// The matrix of decompression bombs: each encoding, as one stream, as a stream within a stream, and as many after one another; as page, as
/// robots.txt and as a refusal that is looked at. None is held beyond its cap, and most of it is never decompressed.
/// </summary>
[Trait("Seeds", "P-7")]
public sealed class BombSpecs
{
    private const int Cap = 10 << 20;

    private const int Beyond = Cap + (1 << 20);

    private static readonly byte[] _zeros = new byte[Beyond];

    // What is sent, its Content-Encoding, and what becomes of a page and of a robots.txt of that kind.
    public static TheoryData<string, string, string, string> Bombs => new()
    {
        { "gzip", "gzip", "it grows over 200 times when decompressed", "cut" },
        { "br", "br", "it grows over 200 times when decompressed", "it grows over 200 times when decompressed" },
        { "deflate", "deflate", "it grows over 200 times when decompressed", "cut" },
        { "raw", "deflate", "it grows over 200 times when decompressed", "cut" },
        { "gzip in gzip", "gzip, gzip", "it grows over 200 times when decompressed", "it grows over 200 times when decompressed" },
        { "br in gzip", "br, gzip", "it grows over 200 times when decompressed", "it grows over 200 times when decompressed" },
        { "gzip in br", "gzip, br", "it grows over 200 times when decompressed", "it grows over 200 times when decompressed" },
        { "three layers", "gzip, gzip, gzip", "it is compressed 3 times", "it is compressed 3 times" },
        { "gzip after gzip", "gzip", "it is over 10,485,760 bytes", "cut" },
        { "slow gzip", "gzip", "it is over 10,485,760 bytes", "cut" },
        { "slow br", "br", "it is over 10,485,760 bytes", "cut" },
        { "slow deflate", "deflate", "it is over 10,485,760 bytes", "cut" },
    };

    [Theory, MemberData(nameof(Bombs))]
    public async Task A_bomb_is_let_go_at_the_cap_and_never_held_beyond_it(string bomb, string encoding, string page, string robots)
    {
        var packed = Pack(bomb);
        var settings = WebSettings.Default;
        await AssertAsync(settings.BodyCap, cut: false, page);
        await AssertAsync(settings.RobotsCap, cut: true, robots);
        await AssertAsync(ChallengeRule.Looked, cut: true, robots);

        async Task AssertAsync(int cap, bool cut, string expected)
        {
            // All of it is in memory, so that every read ends on this thread and what is allocated can be counted.
            var before = GC.GetAllocatedBytesForCurrentThread();
            using var body = await BodyReader.ReadAsync(new MemoryStream(packed), encoding.Split(", "), cap, cut, settings, CancellationToken.None);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var became = body.End == BodyEnd.Cut ? "cut" : body.Trouble;
            // What is small enough is cut before its growth is judged.
            Assert.True(became == expected || cut && became == "cut", became);
            Assert.Equal(became == "cut" ? cap : 0, body.Length);
            // A buffer that doubles until it is beyond the cap, and what a decoder needs for itself.
            Assert.InRange(allocated, 0, 4L * cap + (1 << 20));
        }
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw")]
    public async Task What_comes_after_the_end_of_a_stream_is_not_decompressed(string encoding)
    {
        byte[] packed = [.. Pack(encoding, Encoding.UTF8.GetBytes("<title>short</title>")), .. Pack(encoding, _zeros)];
        await using var site = Site(encoding, packed, "200 OK\r\nContent-Type: text/html");
        var outcome = await FetchAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        // A decoder may also complain of it.
        Assert.True(outcome is FetchOutcome.Answered { Content.Title: "short" } or FetchOutcome.Failed { Failure: FetchFailure.BadAnswer });
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_bomb_in_the_place_of_a_refusal_is_a_refusal(string encoding)
    {
        await using var site = Site(encoding, Pack(encoding, _zeros), "403 Forbidden\r\nContent-Type: text/html");
        Assert.Equal((403, null), (await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/")) is var answer ? (answer.Status, answer.Challenge) : default);
    }

    private static RawServer Site(string encoding, byte[] body, string head) => new($"HTTP/1.1 {head}\r\nContent-Encoding: {(encoding == "raw" ? "deflate" : encoding)}", body);

    private static byte[] Pack(string bomb) => bomb switch
    {
        "gzip in gzip" => Pack("gzip", Pack("gzip", _zeros)),
        "br in gzip" => Pack("gzip", Pack("br", _zeros)),
        "gzip in br" => Pack("br", Pack("gzip", _zeros)),
        "three layers" => Pack("gzip", Pack("gzip", Pack("gzip", _zeros))),
        "gzip after gzip" => [.. Enumerable.Repeat(Pack("gzip", Slow(1 << 20)), Beyond >> 20).SelectMany(member => member)],
        _ when bomb.StartsWith("slow ", StringComparison.Ordinal) => Pack(bomb[5..], Slow(Beyond)),
        _ => Pack(bomb, _zeros),
    };

    // Grows less than the 200 times that give a bomb away: a thousandth of it is chance.
    private static byte[] Slow(int length)
    {
        var bytes = new byte[length];
        var chance = new Random(1);
        for (var at = 0; at < length; at += 1_000) chance.NextBytes(bytes.AsSpan(at, Math.Min(12, length - at)));
        return bytes;
    }

    private static byte[] Pack(string encoding, byte[] body)
    {
        var packed = new MemoryStream();
        using (Stream coder = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "raw" => new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            coder.Write(body);
        }
        return packed.ToArray();
    }
}
