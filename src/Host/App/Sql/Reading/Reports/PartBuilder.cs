using System.Text;
using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>Gathers rows into parts of a report, each as full as its bounds allow.</summary>
internal sealed class PartBuilder
{
    private const int RowBytes = 64;
    private const int PolitenessBytes = 640;

    private List<(PageId, int)> _inlinks = [];
    private List<(ReportList, ReportPage)> _pages = [];
    private List<(PageId, ReportSource)> _sources = [];
    private List<(int, DomainPoliteness)> _politeness = [];
    private int _bytes;

    /// <summary>What would not fit with the next row: to be stored before it.</summary>
    public ReportPart? Add(PageId page, int inlinks)
    {
        var full = Before(RowBytes);
        _inlinks.Add((page, inlinks));
        return full;
    }

    /// <inheritdoc cref="Add(PageId, int)" />
    public ReportPart? Add(ReportList list, ReportPage page)
    {
        var full = Before(RowBytes + Text(page.Url.Text) + Text(page.Title) + Text(page.Error) + page.Chain.Sum(hop => RowBytes + Text(hop.Url.Text)));
        _pages.Add((list, page));
        return full;
    }

    /// <inheritdoc cref="Add(PageId, int)" />
    public ReportPart? Add(PageId target, ReportSource source)
    {
        var full = Before(RowBytes + Text(source.Page.Text) + Text(source.Anchor));
        _sources.Add((target, source));
        return full;
    }

    /// <inheritdoc cref="Add(PageId, int)" />
    public ReportPart? Add(int rank, DomainPoliteness domain)
    {
        var full = Before(PolitenessBytes + Text(domain.Domain.Value) + Text(domain.Picture));
        _politeness.Add((rank, domain));
        return full;
    }

    /// <summary>What has been gathered; null when that is nothing.</summary>
    public ReportPart? Take()
    {
        var part = new ReportPart(_inlinks, _pages, _sources, _politeness.Count == 0 ? null : _politeness);
        if (part.Rows == 0) return null;
        (_inlinks, _pages, _sources, _politeness, _bytes) = ([], [], [], [], 0);
        return part;
    }

    private ReportPart? Before(int bytes)
    {
        var isFull = _bytes + bytes > ReportPart.MostBytes || _inlinks.Count + _pages.Count + _sources.Count + _politeness.Count >= ReportPart.MostRows;
        var full = isFull ? Take() : null;
        _bytes += bytes;
        return full;
    }

    private static int Text(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
