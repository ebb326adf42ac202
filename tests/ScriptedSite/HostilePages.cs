using System.Text;

namespace Amble.ScriptedSites;

/// <summary>Pages that no browser would like, under <c>/hostile/</c>: each leads to one good page, so that it shows who could still read it.</summary>
public static class HostilePages
{
    private const int Deep = 100_000;
    private const int Many = 200_000;
    private const int Huge = 24 << 20;

    private static readonly Dictionary<string, Func<byte[]>> Pages = new()
    {
        // Larger than any crawler should take; its link stands at the end.
        ["huge"] = () => Text(new string('x', Huge) + Link("huge")),
        ["deep"] = () => Text(Link("deep") + string.Concat(Enumerable.Repeat("<div><b>", Deep))),
        ["unclosed"] = () => Text("<html><head><title>Never ended <p>" + Link("unclosed") + "</title>" + Link("unclosed") + "<table><tr><a href='"),
        ["attributes"] = () => Text(Link("attributes") + "<div " + string.Concat(Enumerable.Range(0, Many).Select(i => $"a{i}=\"&amp;\" ")) + ">"),
        ["entities"] = () => Text(Link("entities") + string.Concat(Enumerable.Repeat("&#x110000;&#xD800;&nosuch;&", Many / 10))),
        ["binary"] = () => [.. Text(Link("binary")), .. Enumerable.Range(0, 1 << 20).Select(i => (byte)(i * 31 % 256)), 0, 0xFF, 0xFE],
        ["links"] = () => Text(Link("links") + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<a href=\"http://[::{i}\">{i}</a><a href=\"//\0{i}\">"))),
        ["empty"] = () => [],
    };

    /// <summary>The names behind <c>/hostile/</c>.</summary>
    public static IReadOnlyCollection<string> Names => Pages.Keys;

    /// <summary>Which of them can be read to their link within 10 MiB.</summary>
    public static IReadOnlyCollection<string> Readable { get; } = [.. Pages.Keys.Except(["huge", "empty"])];

    /// <summary>Where a hostile page's link leads.</summary>
    public static string Behind(string name) => $"/behind/{name}";

    /// <summary>What the home page says to lead there.</summary>
    internal static string Home { get; } = string.Concat(Pages.Keys.Select(name => $"<li><a href=\"/hostile/{name}\">{name}</a>\n"));

    /// <summary>Null when no such page is there.</summary>
    internal static byte[]? At(string path) =>
        path.StartsWith("/hostile/", StringComparison.Ordinal) && Pages.TryGetValue(path["/hostile/".Length..], out var write) ? write()
        : path.StartsWith("/behind/", StringComparison.Ordinal) ? Text("<title>Behind</title>Well found.")
        : null;

    private static string Link(string name) => $"<a href=\"{Behind(name)}\">on</a>";

    private static byte[] Text(string html) => Encoding.UTF8.GetBytes(html);
}
