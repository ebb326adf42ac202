using Amble.Actors.Specs.Corpora;
using Amble.Messages;
using Amble.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Wire;

/// <summary>A URL that was taken once is taken on the other side too: one that is not would be sent again for ever.</summary>
[Trait("Seeds", "S-7")]
public sealed class UrlsOnTheWireSpecs(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
        "a.test", "A.Test.", "[::1]", "[2001:DB8::0:1]", "127.1", "0x7f.0.0.1", "xn--bcher-kva.test", "bücher.test", "例え.test", "faß.de", "a_b.test", "-a-.test",
        ":80", ":443", ":8080", "@", "/", "//", "/./", "/../", "/%2e%2E/", "/a b", "/ü", "/%c3%bc", "/%zz", "/\ud83d\ude00", "?", "?q=1&utm_source=x", "?a=ü&b=%20+",
        "#f", ";p=1", "\t", "|", "\"", "<>", "`", "{}", "^", "\\", "'", "!$&'()*+,",
    ];

    [Fact]
    public void Whatever_is_taken_from_a_page_survives_it() => Prop.ForAll(Gen.Choose(0, Pieces.Length - 1).ArrayOf(5).ToArbitrary(), pieces =>
    {
        foreach (var scheme in new[] { "http://", "https://" }) Survives(scheme + string.Concat(pieces.Select(piece => Pieces[piece])));
        foreach (var host in Pieces[..12]) Survives($"http://{host}{string.Concat(pieces.Select(piece => Pieces[piece]))}");
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("wpt-url/urltestdata.json", 200)]
    [InlineData("wpt-url/toascii.json", 80)]
    [InlineData("crawler-commons/normalizer/weirdToNormalizedUrls.csv", 200)]
    public void Whatever_is_taken_from_the_corpora_survives_it(string name, int least)
    {
        if (Corpus.Find(name, output) is not { } file)
            return;
        var taken = File.ReadAllText(file).Split('"', ',', '\n').Select(text => text.Trim()).Distinct()
            .Sum(text => (Survives(text) ? 1 : 0) + (Survives($"http://{text}/") ? 1 : 0));
        Assert.True(taken > least, $"{taken} URLs were taken.");
    }

    private static bool Survives(string text)
    {
        if (!PageUrl.TryParse(text, out var url, out _)) return false;
        var found = new WriterProtocol.SaveLinks(new UnitKey(new JobId(1), new PageId(1)), 0, [new FoundUrl(url, 0, 0, "")], [], DateTimeOffset.UnixEpoch);
        Assert.Equal(url, ((WriterProtocol.SaveLinks)Back(found)).Found[0].Url);
        Assert.Equal(new DomainProtocol.Wake(url.Domain), Back(new DomainProtocol.Wake(url.Domain)));
        return true;
    }

    private static object Back(object message)
    {
        var (manifest, bytes) = Codec.Encode(message);
        return Codec.Decode(manifest, bytes);
    }
}
