using System.Text;

namespace Amble.App.Web;

/// <summary>
/// A sitemap that is plain text: a URL on each line (sitemaps.org, "Text file"). UTF-8 unless a byte order mark says otherwise. Lines may be
/// of any length; nothing but the beginning of a long one is kept.
/// </summary>
internal sealed class SitemapLines(Stream body) : ISitemapEntries
{
    private readonly StreamReader _reader = new(body, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 8 << 10);
    private readonly char[] _buffer = new char[4 << 10];
    private readonly EntryText _line = new();
    private int _at;
    private int _read;

    public string? Problem => null;

    public async ValueTask<SitemapEntry?> NextAsync(CancellationToken stop)
    {
        while (true)
        {
            if (_at == _read)
            {
                (_at, _read) = (0, await _reader.ReadAsync(_buffer.AsMemory(), stop));
                if (_read == 0)
                    return Line();
            }
            var rest = _buffer.AsSpan(_at, _read - _at);
            var end = rest.IndexOfAny('\r', '\n');
            _line.Add(end < 0 ? rest : rest[..end]);
            _at += end < 0 ? rest.Length : end + 1;
            if (end >= 0 && Line() is { } entry)
                return entry;
        }
    }

    public void Dispose() => _reader.Dispose();

    private SitemapEntry? Line() => _line.Take() is { Length: > 0 } text ? new SitemapEntry(text, IsFile: false) : null;
}
