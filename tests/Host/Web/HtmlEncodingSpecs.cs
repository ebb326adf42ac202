using System.Text;
using Amble.Actors.Specs.Corpora;
using Amble.App.Web;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Host.Specs.Web;

public class HtmlEncodingSpecs(ITestOutputHelper output)
{
    private static string Of(string latin1, string? charset = null) => HtmlEncoding.Of(Encoding.Latin1.GetBytes(latin1), charset, out _).WebName;

    [Theory]
    [InlineData("\u00EF\u00BB\u00BFx", "iso-8859-2", "utf-8")]
    [InlineData("\u00FF\u00FEx\0", "utf-8", "utf-16")]
    [InlineData("<meta charset=koi8-r>", "windows-1251", "windows-1251")]
    [InlineData("<meta charset=koi8-r>", null, "koi8-r")]
    [InlineData("<meta charset=koi8-r>", "no-such-charset", "koi8-r")]
    [InlineData("<meta http-equiv=Content-Type content='text/html; charset=shift_jis'>", null, "shift_jis")]
    [InlineData("<!-- <meta charset=koi8-r> --><meta charset=utf-16>", null, "utf-8")]
    [InlineData("<script x='<meta charset=koi8-r>'></script>", null, "utf-8")]
    [InlineData("gr\u00C3\u00BC\u00C3\u009Fe", null, "utf-8")]
    [InlineData("gr\u00FC\u00DFe", null, "windows-1252")]
    [InlineData("", null, "utf-8")]
    public void Mark_then_HTTP_then_meta_then_what_the_bytes_look_like(string body, string? charset, string encoding) => Assert.Equal(encoding, Of(body, charset));

    [Theory]
    [InlineData("test-yahoo-jp.dat", 1)]
    [InlineData("tests1.dat", 59)]
    [InlineData("tests2.dat", 22)]
    public void Cases_of_html5lib_are_answered_alike_by_mark_and_prescan(string file, int count)
    {
        if (Corpus.Find("html5lib-encoding/" + file, output) is not { } path)
            return;
        var cases = Encoding.Latin1.GetString(File.ReadAllBytes(path)).Split("#data\n", StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split("\n#encoding\n")).ToArray();
        Assert.Equal(count, cases.Length);
        Assert.Empty(cases.Where(c => !Answer(c[0]).Equals(EncodingLabels.Find(c[1]))).Select(c => $"{c[0]} => {Answer(c[0]).WebName} instead of {c[1]}"));
    }

    [Theory]
    [InlineData("iso-8859-10", 0xBD, '\u2015')]
    [InlineData("latin6", 0xFF, '\u0138')]
    [InlineData("iso8859-14", 0xA1, '\u1E02')]
    [InlineData("iso-8859-16", 0xA4, '\u20AC')]
    [InlineData("x-user-defined", 0x80, '\u20AC')]
    [InlineData("latin1", 0x80, '\u20AC')]
    [InlineData("koi8-ru", 0xA4, '\u0454')]
    [InlineData(" GB2312\t", 0x80, '\u20AC')]
    [InlineData("x-mac-ukrainian", 0x80, '\u0410')]
    [InlineData("hz-gb-2312", 0x41, '\uFFFD')]
    public void Every_label_of_the_standard_has_its_encoding(string label, byte octet, char character)
    {
        Assert.Equal(228, EncodingLabels.Count);
        Assert.Equal(character, EncodingLabels.Find(label)!.GetString([octet]).Single());
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("iso-8859-12")]
    [InlineData("")]
    public void Other_labels_are_nobody_s(string label) => Assert.Null(EncodingLabels.Find(label));

    // Where nothing is declared the cases say windows-1252; that we look at the bytes then is ours.
    private static Encoding Answer(string latin1)
    {
        var bytes = Encoding.Latin1.GetBytes(latin1);
        var encoding = HtmlEncoding.Of(bytes, null, out var mark);
        return mark == 0 && HtmlEncoding.Declared(bytes) is null ? EncodingLabels.Windows1252 : encoding;
    }
}
