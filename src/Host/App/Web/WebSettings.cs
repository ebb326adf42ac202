using System.Globalization;
using System.Net;
using System.Reflection;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.App.Web;

/// <summary>How Amble asks the web. Sizes are bytes, spans are whole times; the defaults are those of SEEDS.md, row P-7.</summary>
public sealed record WebSettings
{
    public static WebSettings Default { get; } = new();

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

    private static TimeSpan Millisecond => TimeSpan.FromMilliseconds(1);

    private static string Version { get; } = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0";

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(WebSettings s)
    {
        var checks = new SettingChecks("Web");
        checks.Text(
            nameof(Contact), s.Contact, PageUrl.TryParse(s.Contact, out _, out _) && s.Contact.AsSpan().IndexOfAny("() \r\n") < 0,
            "an absolute http or https URL without spaces and parentheses");
        checks.Text(nameof(ConnectTo), s.ConnectTo, s.ConnectTo is null || TryEndPoint(s.ConnectTo, out _, out _), "HOST:PORT, as in 127.0.0.1:8080 or [::1]:8080");
        checks.Text(nameof(LocalAddress), s.LocalAddress, s.LocalAddress is null || IPAddress.TryParse(s.LocalAddress, out _), "an IP address of this machine");
        checks.Between(nameof(ConnectTimeout), s.ConnectTimeout, Millisecond, TimeSpan.FromMinutes(5));
        checks.Between(nameof(FetchTimeout), s.FetchTimeout, Millisecond, TimeSpan.FromHours(1));
        checks.Between(nameof(BodyCap), s.BodyCap, 1 << 10, 1 << 30);
        checks.Between(nameof(RobotsCap), s.RobotsCap, 500 << 10, 10 << 20);
        checks.Between(nameof(UnreadCap), s.UnreadCap, 0, 1 << 30);
        checks.Between(nameof(RatioCap), s.RatioCap, 2, 10_000);
        checks.Between(nameof(RatioFrom), s.RatioFrom, 0, 1 << 30);
        checks.Between(nameof(HeaderCap), s.HeaderCap, 1 << 10, 1 << 20);
        checks.Between(nameof(HeadersKept), s.HeadersKept, 0, 1 << 20);
        return checks.Problems;
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
