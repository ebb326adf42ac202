using System.IO.Compression;
using System.Text;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>One link of a page.</summary>
/// <param name="Anchor">Its text, white space collapsed, at most 200 characters.</param>
/// <param name="NoFollow">The link says rel=nofollow; recorded, and followed all the same.</param>
public readonly record struct Outlink(PageUrl Url, string Anchor, bool NoFollow);

/// <summary>
/// All links of a page in one column: a version byte, then deflated UTF-8 lines of "+" or "-" (nofollow), URL, tab and anchor. No links are no
/// bytes. Reading streams, so that a page of many links is never in memory twice.
/// </summary>
public static class OutlinksPack
{
    private const byte Version = 1;

    public static byte[] Pack(IReadOnlyList<Outlink> links)
    {
        if (links.Count == 0)
            return [];
        var lines = new StringBuilder(links.Count * 64);
        foreach (var link in links)
            lines.Append(link.NoFollow ? '-' : '+').Append(link.Url.Text).Append('\t').Append(link.Anchor).Append('\n');

        using var packed = new MemoryStream(lines.Length / 2);
        packed.WriteByte(Version);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        return packed.ToArray();
    }

    /// <exception cref="InvalidDataException">These bytes were not packed here.</exception>
    public static IEnumerable<Outlink> Unpack(byte[] packed)
    {
        if (packed.Length == 0)
            yield break;
        if (packed[0] != Version)
            throw new InvalidDataException($"Outlinks of version {packed[0]} cannot be read; known is {Version}.");
        using var deflate = new DeflateStream(new MemoryStream(packed, 1, packed.Length - 1), CompressionMode.Decompress);
        using var lines = new StreamReader(deflate, Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t');
            if (tab < 1)
                throw new InvalidDataException("A line of outlinks has no tab.");
            yield return new Outlink(PageUrl.FromStored(line[1..tab]), line[(tab + 1)..], line[0] == '-');
        }
    }
}
