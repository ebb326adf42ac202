using System.Text;
using System.Xml;

namespace Amble.App.Web;

/// <summary>
/// A sitemap in XML, read forward: urlset and sitemapindex of sitemaps.org, RSS and Atom as it allows them. Elements are known by name and
/// place, whatever their namespace is; <c>loc</c> must have that of the element around it, so that an image's or a video's is not mistaken
/// for the page's. A document type is refused, and nothing outside of the document is ever read.
/// </summary>
internal sealed class SitemapXml : ISitemapEntries
{
    private const int Nowhere = -1;
    private const string WebPage = "It is a web page, not a sitemap.";

    private readonly XmlReader _xml;
    private readonly string _head;
    private readonly char[] _piece = new char[1 << 10];
    private readonly EntryText _text = new();
    private string _location = "loc";
    private string _entry = "";
    private string _space = "";
    private int _entryDepth = 1;
    private int _textDepth = Nowhere;

    // Old sitemaps are written in old encodings.
    static SitemapXml() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="head">How the document begins, as ASCII, to tell why it cannot be read.</param>
    public SitemapXml(Stream body, string head)
    {
        _head = head;
        _xml = XmlReader.Create(body, new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
    }

    public string? Problem { get; private set; }

    public async ValueTask<SitemapEntry?> NextAsync(CancellationToken stop)
    {
        try
        {
            while (Problem is null && await _xml.ReadAsync())
            {
                stop.ThrowIfCancellationRequested();
                switch (_xml.NodeType)
                {
                    case XmlNodeType.Element when Enter() is { Length: > 0 } href:
                        return new SitemapEntry(href, IsFile: false);
                    case XmlNodeType.Text or XmlNodeType.CDATA when _xml.Depth == _textDepth:
                        await AddTextAsync();
                        break;
                    case XmlNodeType.EndElement when _xml.Depth <= _entryDepth + 1:
                        _textDepth = _xml.Depth > _entryDepth && _entry == "sitemap" ? _entryDepth + 1 : Nowhere;
                        if (_text.Length > 0)
                            return new SitemapEntry(_text.Take(), IsFile: _entry == "sitemap");
                        break;
                }
            }
        }
        catch (XmlException e)
        {
            Problem = Why(e);
        }
        return null;
    }

    public void Dispose() => _xml.Dispose();

    /// <summary>A new element; the address that its attribute holds, where it has one.</summary>
    private string? Enter()
    {
        if (_xml.Depth == 0)
        {
            Begin(_xml.LocalName);
        }
        else if (_xml.Depth == _entryDepth)
        {
            (_entry, _space) = (_xml.LocalName, _xml.NamespaceURI);
            // Some indexes have the address in the sitemap element itself.
            _textDepth = _entry == "sitemap" && !_xml.IsEmptyElement ? _entryDepth + 1 : Nowhere;
            _text.Clear();
        }
        else if (_xml.Depth == _entryDepth + 1 && _entry is "url" or "sitemap" or "item" or "entry" && _xml.LocalName == _location && _xml.NamespaceURI == _space)
        {
            if (_entry == "entry")
                return _xml.GetAttribute("rel") is null or "alternate" ? _xml.GetAttribute("href")?.Trim() : null;
            if (!_xml.IsEmptyElement)
            {
                _textDepth = _entryDepth + 2;
                _text.Clear();
            }
        }
        return null;
    }

    private void Begin(string root)
    {
        (_location, _entryDepth, Problem) = root switch
        {
            "urlset" or "sitemapindex" => ("loc", 1, null),
            "rss" => ("link", 2, null),
            "feed" or "RDF" => ("link", 1, null),
            _ when root.Equals("html", StringComparison.OrdinalIgnoreCase) => ("", 0, WebPage),
            _ => ("", 0, $"Its root element is '{(root.Length > 40 ? root[..40] : root)}'; a sitemap's is urlset, sitemapindex, rss or feed."),
        };
    }

    private async ValueTask AddTextAsync()
    {
        int read;
        while ((read = await _xml.ReadValueChunkAsync(_piece, 0, _piece.Length)) > 0)
            _text.Add(_piece.AsSpan(0, read));
    }

    private string Why(XmlException e)
    {
        var type = _head.IndexOf("<!doctype", StringComparison.OrdinalIgnoreCase);
        if (type >= 0 && _location == "loc" && _entry.Length == 0)
        {
            return _head.AsSpan(type + 9).TrimStart().StartsWith("html", StringComparison.OrdinalIgnoreCase)
                ? WebPage
                : "It has a document type declaration (DTD), which is not read.";
        }
        return $"It is not well-formed XML (line {e.LineNumber}, column {e.LinePosition}); what stands before that was read.";
    }
}
