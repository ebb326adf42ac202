using System.Globalization;

namespace Amble.App.Web;

// A word is what stands between spaces and has a letter or a digit in it, so that "well-known", "3.5" and "don't" are one each and "&" is
// none. Chinese and Japanese are written without spaces: there each character counts. A tag ends a word.

/// <summary>Counts the words of a page while its text comes: a nanosecond a character or less, as every character of a crawl goes through it.</summary>
internal struct WordCount
{
    private const byte Space = 0;
    private const byte Sign = 1;
    private const byte Mark = 2;

    /// <summary>What each character of ASCII is: a letter or digit, a mark that neither begins nor ends a word, or a space.</summary>
    private static readonly byte[] _kinds = [.. Enumerable.Range(0, 128).Select(c => c <= ' ' ? Space : char.IsAsciiLetterOrDigit((char)c) ? Sign : Mark)];

    // 1 within a word, else 0.
    private int _within;

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<char> text)
    {
        var kinds = _kinds;
        var (count, within) = (Count, _within);
        foreach (var c in text)
        {
            // Without a branch for ASCII, since words begin and end where no processor can foresee it.
            int kind;
            if (c < kinds.Length)
            {
                kind = kinds[c];
            }
            else if (IsWordByItself(c))
            {
                (count, within) = (count + 1, 0);
                continue;
            }
            else
            {
                kind = KindOf(c);
            }
            count += kind & ~within & Sign;
            within = kind & Sign | within & (kind >> 1);
        }
        (Count, _within) = (count, within);
    }

    /// <summary>What follows begins another word.</summary>
    public void Break() => _within = 0;

    // Signs beyond the first plane come in two halves; most of them are letters or pictures, and none of them needs a second look.
    private static int KindOf(char c) =>
        char.IsWhiteSpace(c) ? Space : char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Surrogate ? Sign : Mark;

    /// <summary>Hiragana, Katakana and Han.</summary>
    private static bool IsWordByItself(char c) =>
        c is >= '\u3041' and <= '\u30ff' or >= '\u3400' and <= '\u4dbf' or >= '\u4e00' and <= '\u9fff' or >= '\uf900' and <= '\ufaff';
}
