using System.Diagnostics.CodeAnalysis;
using Amble.Messages;

namespace Amble.App.Settings;

/// <summary>
/// A start URL as people type it. What has no scheme but reads like a host gets https, as in a browser, and that is told; anything
/// else that is no http or https URL is refused.
/// </summary>
public static class StartUrl
{
    public const string Allowed = "http://HOST/PATH or https://HOST/PATH";

    /// <param name="remark">What was made of the text, in one sentence; null when nothing was.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out PageUrl? url, out string? remark)
    {
        remark = null;
        var trimmed = text.Trim();
        if (LooksLikeHost(trimmed) && PageUrl.TryParse("https://" + trimmed, out url, out _))
        {
            remark = $"'{trimmed}' has no scheme; {url.Text} is crawled.";
            return true;
        }
        return PageUrl.TryParse(trimmed, out url, out _) && !HasCredentials(trimmed);
    }

    private static bool HasCredentials(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0;

    /// <summary>A dotted name or address, perhaps with a port and a path, and no scheme: <c>example.org</c>, <c>127.0.0.1:8080/a</c>, <c>localhost:8080</c>.</summary>
    private static bool LooksLikeHost(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal) || text.Contains('@') || text.Any(char.IsWhiteSpace))
        {
            return false;
        }
        var end = text.AsSpan().IndexOfAny('/', '?', '#');
        var authority = end < 0 ? text : text[..end];
        var colon = authority.LastIndexOf(':');
        var host = colon < 0 ? authority : authority[..colon];
        var portIsRight = colon < 0 || WholeNumber.TryParse(authority[(colon + 1)..], 1, 65535, out _);
        var isName = host == "localhost" || (host.Contains('.') && !host.StartsWith('.') && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4);
        return portIsRight && isName;
    }
}
