using System.Globalization;

namespace Amble.App.Web;

// A word is what stands between spaces and has a letter or a digit in it, so that "well-known", "3.5" and "don't" are one each and "&" is
// none. Chinese and Japanese are written without spaces: there each character counts. A tag ends a word.

/// <summary>Counts the words of a page while its text comes.</summary>
internal struct WordCount
{
    private bool _within;

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c <= ' ' || c >= '\u0080' && char.IsWhiteSpace(c))
            {
                _within = false;
            }
            else if (c >= '\u3040' && IsWordByItself(c))
            {
                Count++;
                _within = false;
            }
            else if (!_within && IsLetterOrDigit(c))
            {
                Count++;
                _within = true;
            }
        }
    }

    /// <summary>What follows begins another word.</summary>
    public void Break() => _within = false;

    // Signs beyond the first plane come in two halves; most of them are letters or pictures, and none of them needs a second look.
    private static bool IsLetterOrDigit(char c) =>
        char.IsAsciiLetterOrDigit(c) || c >= '\u0080' && (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Surrogate);

    /// <summary>Hiragana, Katakana and Han.</summary>
    private static bool IsWordByItself(char c) => c is <= '\u30ff' or >= '\u3400' and <= '\u4dbf' or >= '\u4e00' and <= '\u9fff' or >= '\uf900' and <= '\ufaff';
}
