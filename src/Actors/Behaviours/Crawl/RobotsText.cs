using System.Text;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// A robots.txt from its bytes: UTF-8 (RFC 9309 section 2.2), unless it begins with the byte order mark of UTF-16, as some editors write it;
/// read as UTF-8, such a file would forbid nothing.
/// </summary>
public static class RobotsText
{
    public static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
