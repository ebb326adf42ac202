using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class OutlinksPackSpecs
{
    [Fact]
    public void What_was_packed_is_unpacked_in_order()
    {
        Outlink[] links = [.. Enumerable.Range(0, 1000).Select(i => new Outlink(PageUrl.FromStored($"http://example.org/{i}"), i % 3 == 0 ? "" : $"\u00fc + - {i}", i % 2 == 0))];
        var packed = OutlinksPack.Pack(links);
        Assert.Equal(links, OutlinksPack.Unpack(packed));
        Assert.InRange(packed.Length, 1, 20_000);
    }

    [Fact]
    public void No_links_are_no_bytes()
    {
        Assert.Empty(OutlinksPack.Pack([]));
        Assert.Empty(OutlinksPack.Unpack([]));
    }

    [Fact]
    public void Bytes_of_another_version_are_refused() =>
        Assert.Throws<InvalidDataException>(() => OutlinksPack.Unpack([9, 1, 2]).ToArray());
}
