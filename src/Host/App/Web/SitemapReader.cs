using System.Globalization;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Web;

/// <summary>What was read, and how many bytes it took on the wire.</summary>
public readonly record struct SitemapReading(SitemapContent Content, long Received);

/// <summary>
/// Reads a sitemap while it comes and hands its URLs over in parts: no more than one part is in memory. It reads until the file ends, a
/// limit of <see cref="SitemapRule"/> is reached, or nothing more is wanted. What is wrong with the file is told in its content; only
/// what is wrong with the connection is thrown.
/// </summary>
public sealed class SitemapReader
{
    /// <summary>URLs in one part.</summary>
    public const int UsualPart = 500;

    private readonly FetchRequest _request;
    private readonly ScopeRule _scope;
    private readonly int _partSize;
    private readonly StorePart _store;
    private List<FoundUrl> _found = [];
    private List<(PageUrl, ExclusionReason)> _excluded = [];
    private int _part;
    private int _entries;
    private int _urls;
    private int _files;
    private int _otherSites;
    private int _unreadable;
    private string? _problem;

    private SitemapReader(FetchRequest request, ScopeRule scope, int partSize, StorePart store) => (_request, _scope, _partSize, _store) = (request, scope, partSize, store);

    /// <param name="content">As it comes over the wire.</param>
    /// <param name="encodings">The codings of Content-Encoding in the order they were applied.</param>
    /// <param name="request">Its depth is that of the sitemap: index files that led to it.</param>
    public static async Task<SitemapReading> ReadAsync(
        Stream content, IReadOnlyList<string> encodings, FetchRequest request, ScopeRule scope, int partSize, StorePart store, CancellationToken stop)
    {
        var wire = new CountingStream(content);
        var reader = new SitemapReader(request, scope, partSize, store);
        if (BodyReader.Decode(wire, encodings) is { } decoded)
            await reader.ReadAsync(wire, decoded, stop);
        else
            reader._problem = $"It is compressed as '{string.Join(", ", encodings)}', which was not asked for.";
        return new SitemapReading(new SitemapContent(reader._urls, reader._files, reader._otherSites, reader._problem ?? reader.Remark()), wire.Count);
    }

    private async Task ReadAsync(CountingStream wire, Stream decoded, CancellationToken stop)
    {
        try
        {
            await using var body = await SitemapBody.OpenAsync(decoded, SitemapRule.MostBytes, stop);
            using ISitemapEntries entries = body.IsXml ? new SitemapXml(body, body.Head) : new SitemapLines(body);
            if (!await TakeAllAsync(entries, stop))
                return;
            _problem ??= body.IsEmpty ? "It is empty."
                : body.IsCut ? string.Create(CultureInfo.InvariantCulture, $"It is over {SitemapRule.MostBytes:N0} bytes; the rest was not read.")
                : entries.Problem;
        }
        // A decoder's complaint, not the connection's: the decoders each have their own way to say it.
        catch (Exception e) when (!wire.Failed && e is InvalidDataException or InvalidOperationException or IOException)
        {
            _problem = "It cannot be decompressed; what stands before the fault was read.";
        }
        if (_found.Count + _excluded.Count > 0)
            await HandOverAsync();
    }

    /// <summary>False when nothing more is wanted.</summary>
    private async ValueTask<bool> TakeAllAsync(ISitemapEntries entries, CancellationToken stop)
    {
        while (await entries.NextAsync(stop) is { } entry)
        {
            if (++_entries > SitemapRule.MostUrls)
            {
                _problem = string.Create(CultureInfo.InvariantCulture, $"It has more than {SitemapRule.MostUrls:N0} URLs; the rest was not read.");
                return true;
            }
            if (entry.IsFile) TakeFile(entry.Text);
            else TakePage(entry.Text);
            if (_found.Count + _excluded.Count >= _partSize && !await HandOverAsync())
                return false;
        }
        return true;
    }

    private void TakePage(string text)
    {
        if (Resolve(text) is not { } url)
        {
            _unreadable++;
            return;
        }
        var verdict = _scope.Judge(url, SitemapRule.PageDepth);
        if (verdict.Taken)
            _found.Add(new FoundUrl(url, SitemapRule.PageDepth, Hops: 0, ""));
        else if (verdict.Why is { } why)
            _excluded.Add((url, why));
        else
            _otherSites++;
        if (verdict.Taken || verdict.Why is not null)
            _urls++;
    }

    private void TakeFile(string text)
    {
        if (Resolve(text) is not { } url)
        {
            _unreadable++;
            return;
        }
        if (!SitemapRule.IsOfSite(url, _request.Job))
        {
            _otherSites++;
            return;
        }
        _problem ??= _request.Depth >= SitemapRule.MostDepth ? $"It is an index within {_request.Depth} others; what it lists was not read."
            : _files >= SitemapRule.MostFiles ? $"It lists more than {SitemapRule.MostFiles} sitemaps; the rest was not read."
            : null;
        if (_problem is null)
        {
            _files++;
            _found.Add(SitemapRule.Unit(url, _request.Depth + 1));
        }
    }

    // "www.example.org/a" means a host to people and a path to browsers: only what is surely one or the other is taken.
    private PageUrl? Resolve(string text) =>
        text.Length <= PageUrl.LongestText && (text.StartsWith('/') || text.Contains("://", StringComparison.Ordinal)) ? _request.Url.Resolve(text) : null;

    private async Task<bool> HandOverAsync()
    {
        var part = new FoundPart(_part++, _found, _excluded);
        (_found, _excluded) = ([], []);
        return await _store(part);
    }

    private string? Remark() => _unreadable switch
    {
        0 => null,
        1 => "One of its entries is no URL that can be crawled.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{_unreadable:N0} of its entries are no URLs that can be crawled."),
    };
}
