using System.IO.Compression;
using System.Text;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

/// <summary>P-7: a body is at most 10 MiB decompressed, and nothing larger is ever held.</summary>
[Trait("Seeds", "P-7")]
public class BodyCapSpecs
{
    public static TheoryData<string> Encodings => ["gzip", "deflate", "raw", "br"];

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

    private static RawServer Site(string encoding, byte[] body, string type = "text/html") =>
        new($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Encoding: {(encoding == "raw" ? "deflate" : encoding)}", body);

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_compressed_page_is_read_and_counted_as_it_was_sent(string encoding)
    {
        var packed = Pack(encoding, Encoding.UTF8.GetBytes("<title>packed</title>" + new string('x', 5000)));
        await using var site = Site(encoding, packed);
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal(("packed", packed.LongLength), (answer.Content!.Title, answer.Bytes));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_bomb_is_too_large_long_before_it_has_gone_off(string encoding)
    {
        await using var site = Site(encoding, Pack(encoding, new byte[9 << 20]));
        var failed = await FailAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal((FetchFailure.TooLarge, "The body is too large: it grows over 200 times when decompressed."), (failed.Failure, failed.Detail));
    }

    [Fact]
    public async Task A_bomb_within_a_bomb_is_no_better()
    {
        await using var site = Site("gzip, gzip", Pack("gzip", Pack("gzip", new byte[9 << 20])));
        Assert.Equal(FetchFailure.TooLarge, (await FailAsync(Loopback, $"http://127.0.0.1:{site.Port}/")).Failure);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task The_decompressed_size_has_a_cap(int over, bool read)
    {
        // Random letters shrink to about 6 bits each, so the ratio is not what decides.
        var letters = new byte[(100 << 10) + over];
        new Random(1).NextBytes(letters);
        for (var i = 0; i < letters.Length; i++)
            letters[i] = (byte)('A' + (letters[i] & 31));
        await using var site = Site("gzip", Pack("gzip", letters));
        var outcome = await FetchAsync(Loopback with { BodyCap = 100 << 10 }, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal(read, outcome is FetchOutcome.Answered);
        Assert.Equal(read, outcome is not FetchOutcome.Failed { Failure: FetchFailure.TooLarge });
    }

    [Fact]
    public async Task A_length_over_the_cap_is_enough_to_refuse()
    {
        await using var site = new RawServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10485761\r\n\r\n"u8.ToArray(), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        Assert.Equal(FetchFailure.TooLarge, (await FailAsync(Loopback, $"http://127.0.0.1:{site.Port}/")).Failure);
    }

    [Fact]
    public async Task A_body_without_end_is_too_large()
    {
        await using var site = new RawServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"u8.ToArray(), stop);
            while (true)
                await stream.WriteAsync(new byte[1 << 16], stop);
        });
        Assert.Equal(FetchFailure.TooLarge, (await FailAsync(Loopback, $"http://127.0.0.1:{site.Port}/")).Failure);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_damaged_encoding_is_a_bad_answer(string encoding)
    {
        var packed = Pack(encoding, Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 5000))));
        for (var i = 20; i < 200; i++)
            packed[i] = 0xFF;
        await using var site = Site(encoding, packed);
        Assert.Equal(FetchFailure.BadAnswer, (await FailAsync(Loopback, $"http://127.0.0.1:{site.Port}/")).Failure);
    }

    [Fact]
    public async Task An_encoding_that_was_not_asked_for_is_a_bad_answer()
    {
        await using var site = Site("zstd", [1, 2, 3]);
        var failed = await FailAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal((FetchFailure.BadAnswer, "The encoding of the body is broken: 'zstd' was not asked for."), (failed.Failure, failed.Detail));
    }

    [Fact]
    public async Task A_bomb_for_a_robots_txt_is_cut_like_any_other()
    {
        await using var site = Site("gzip", Pack("gzip", Encoding.UTF8.GetBytes(new string('#', 50 << 20))), "text/plain");
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/robots.txt", RequestKind.Robots);
        Assert.Equal(500 << 10, answer.Robots!.Text.Length);
    }
}
