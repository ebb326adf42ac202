using System.Text;
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

    [Fact]
    public void Cases_of_html5lib_are_answered_alike_by_the_prescan()
    {
        if (Find() is not { } file)
        {
            output.WriteLine("LEFT OUT: ../shared/corpora/html5lib-encoding is not beside this repository.");
            return;
        }
        var cases = Encoding.Latin1.GetString(File.ReadAllBytes(file)).Split("#data\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(59, cases.Length);
        var wrong = cases.Select(c => c.Split("\n#encoding\n")).Where(c => !c[0].StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal)).Where(c =>
            !(HtmlEncoding.Declared(Encoding.Latin1.GetBytes(c[0])) ?? AngleSharp.Text.TextEncoding.Windows1252).Equals(AngleSharp.Text.TextEncoding.Resolve(c[1].Trim())))
            .Select(c => c[0] + " => " + c[1]);
        Assert.Empty(wrong);
    }

    private static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above the tests holds Actors.sln.");
        var file = Path.Combine(folder.Parent!.FullName, "shared", "corpora", "html5lib-encoding", "tests1.dat");
        return File.Exists(file) ? file : null;
    }
}
