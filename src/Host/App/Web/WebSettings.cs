using System.Globalization;
using System.Net;
using System.Reflection;
using Amble.Messages;

namespace Amble.App.Web;

/// <summary>How Amble asks the web. Sizes are bytes, spans are whole times; the defaults are those of SEEDS.md, row P-7.</summary>
public sealed record WebSettings
{
    /// <summary>Where a site's owner finds out who asks and how to make it stop: an absolute URL, part of the user agent.</summary>
    public string Contact { get; init; } = "https://amble.invalid/bot";

    /// <summary>Also connect to private, loopback, link-local and other addresses that are not the public internet's.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>HOST:PORT that every connection goes to; Host header and TLS name stay those of the URL. Null connects to the URL's own host.</summary>
    public string? ConnectTo { get; init; }

    /// <summary>The address that connections leave from; null is the system's choice.</summary>
    public string? LocalAddress { get; init; }

    /// <summary>Name lookup, connect and TLS together may take this long.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One fetch may take this long from the call to the last byte of its body.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most of a page's body, on the wire and decompressed; more is "too large".</summary>
    public int BodyCap { get; init; } = 10 << 20;

    /// <summary>The most of a robots.txt, decompressed; the rest is not read (RFC 9309 section 2.5).</summary>
    public int RobotsCap { get; init; } = 500 << 10;

    /// <summary>The most of a body that nobody reads (errors, redirects, other types): beyond it, a new connection is cheaper than the rest.</summary>
    public int UnreadCap { get; init; } = 64 << 10;

    /// <summary>The most that one byte on the wire may become. Pages stay below 20, a bomb needs several hundred.</summary>
    public int RatioCap { get; init; } = 200;

    /// <summary>The ratio is not judged before this many decompressed bytes: a small page may well be one repeated line.</summary>
    public int RatioFrom { get; init; } = 64 << 10;

    /// <summary>The most of an answer's headers, in whole KiB.</summary>
    public int HeaderCap { get; init; } = 64 << 10;

    /// <summary>The most of the headers that is kept with a visit.</summary>
    public int HeadersKept { get; init; } = 16 << 10;

    /// <summary><c>AmbleBot/VERSION (+CONTACT)</c>.</summary>
    public string UserAgent => $"{Behaviours.Crawl.RobotsRules.ProductToken}/{Version} (+{Contact})";

    private static string Version { get; } = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0";

    /// <summary>Everything that is wrong, one sentence each with what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!PageUrl.TryParse(Contact, out _, out _) || Contact.AsSpan().IndexOfAny("() \r\n") >= 0)
            problems.Add($"Contact is '{Contact}'; allowed is an absolute http or https URL without spaces and parentheses.");
        if (ConnectTo is not null && !TryEndPoint(ConnectTo, out _, out _))
            problems.Add($"ConnectTo is '{ConnectTo}'; allowed is HOST:PORT, as in 127.0.0.1:8080 or [::1]:8080.");
        if (LocalAddress is not null && !IPAddress.TryParse(LocalAddress, out _))
            problems.Add($"LocalAddress is '{LocalAddress}'; allowed is an IP address of this machine.");
        Span(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMinutes(5));
        Span(nameof(FetchTimeout), FetchTimeout, TimeSpan.FromHours(1));
        Size(nameof(BodyCap), BodyCap, 1 << 10, 1 << 30);
        Size(nameof(RobotsCap), RobotsCap, 500 << 10, 10 << 20);
        Size(nameof(UnreadCap), UnreadCap, 0, 1 << 30);
        Size(nameof(RatioCap), RatioCap, 2, 10_000);
        Size(nameof(RatioFrom), RatioFrom, 0, 1 << 30);
        Size(nameof(HeaderCap), HeaderCap, 1 << 10, 1 << 20);
        Size(nameof(HeadersKept), HeadersKept, 0, 1 << 20);
        return problems;

        void Span(string name, TimeSpan value, TimeSpan most)
        {
            if (value <= TimeSpan.Zero || value > most)
                problems.Add($"{name} is {value}; allowed is more than zero and at most {most}.");
        }

        void Size(string name, int value, int least, int most)
        {
            if (value < least || value > most)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value:N0}; allowed is {least:N0} to {most:N0}."));
        }
    }

    internal static bool TryEndPoint(string text, out string host, out int port)
    {
        host = "";
        port = 0;
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > ushort.MaxValue)
            return false;
        host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':'))
            return false;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown;
    }
}
