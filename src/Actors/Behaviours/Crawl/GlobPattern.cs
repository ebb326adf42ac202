using System.Diagnostics.CodeAnalysis;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// A glob is matched against a whole URL or, when it begins with a slash, against path and query.
// "*" stands for any run of characters, slashes too, "?" for exactly one; everything else for itself.
// Only the last star is ever tried again, so the work is bounded by pattern times text and never explodes.

/// <summary>One include or exclude pattern, read once.</summary>
public sealed class GlobPattern
{
    private readonly string _pattern;

    private GlobPattern(string written, string pattern) => (Written, _pattern) = (written, pattern);

    /// <summary>As it was given.</summary>
    public string Written { get; }

    /// <summary>Reads a pattern; <paramref name="problem"/> says in one sentence what is wrong and what is allowed.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out GlobPattern? glob, [NotNullWhen(false)] out string? problem)
    {
        glob = null;
        problem = text switch
        {
            null or "" => "An empty pattern matches nothing; allowed is a pattern such as /blog/* or https://*.example.org/*.",
            { Length: > PageUrl.LongestText } => $"A pattern of {text.Length:N0} characters is longer than any URL; allowed are {PageUrl.LongestText:N0}.",
            _ when text.Any(char.IsControl) => $"The pattern '{text.ReplaceLineEndings(" ")}' holds a control character, which no URL does.",
            _ when text.Contains('#') => $"The pattern '{text}' holds a #, but URLs are compared without their fragment; leave it and what follows away.",
            _ when !CanBegin(text) => $"The pattern '{text}' can match no URL; allowed is one that begins with /, *, http:// or https://.",
            _ => null,
        };
        if (problem is null)
            glob = new GlobPattern(text!, RobotsPattern.Normalise(text!));
        return glob is not null;
    }

    public bool Matches(PageUrl url) => Matches(_pattern[0] == '/' ? url.PathAndQuery : url.Text);

    private static bool CanBegin(string text)
    {
        if (text[0] == '/')
            return true;
        var wild = text.AsSpan().IndexOfAny('*', '?');
        var start = wild < 0 ? text : text[..wild];
        return new[] { "http://", "https://" }.Any(scheme => start.StartsWith(scheme, StringComparison.Ordinal) || (wild >= 0 && scheme.StartsWith(start, StringComparison.Ordinal)));
    }

    private bool Matches(ReadOnlySpan<char> text)
    {
        var (at, next) = (0, 0);
        var (star, retry) = (-1, 0);
        while (at < text.Length)
        {
            if (next < _pattern.Length && _pattern[next] == '*')
            {
                star = next++;
                retry = at;
            }
            else if (next < _pattern.Length && (_pattern[next] == '?' || _pattern[next] == text[at]))
            {
                next++;
                at++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++retry;
            }
            else
            {
                return false;
            }
        }
        return _pattern.AsSpan(next).IndexOfAnyExcept('*') < 0;
    }
}
