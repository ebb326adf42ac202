using System.Text;

namespace Amble.Behaviours.Cards;

/// <summary>
/// Where lines end (after UAX #14, for titles and URLs). A line ends after a space, a hyphen or a slash, and between signs that are
/// written without spaces; never before a closing mark nor after an opening one. Only a word that is wider than the whole line is broken
/// inside, after a dot where it has one (hosts, files), else at a grapheme. As many graphemes go on a line as fit; spaces at its end are not drawn.
/// </summary>
public static class LineRule
{
    /// <summary>Lines as ranges of graphemes, without the spaces at their ends.</summary>
    /// <param name="width">How wide a line may be, in em.</param>
    public static WrappedLines Wrap(MeasuredText text, float width)
    {
        var lines = new List<(int From, int To)>();
        var broken = false;
        var from = 0;
        while (from < text.Count)
        {
            var (end, inside) = EndOf(text, from, width);
            broken |= inside;
            var to = end;
            while (to > from && IsSpace(text, to - 1)) to--;
            if (to > from) lines.Add((from, to));
            from = end;
        }
        return new WrappedLines(lines, broken);
    }

    private static (int End, bool Inside) EndOf(MeasuredText text, int from, float width)
    {
        var (chance, dot) = (-1, -1);
        for (var at = from; at < text.Count; at++)
        {
            if (!IsSpace(text, at) && text.Width(from, at + 1) > width)
                return chance > from ? (chance, false) : (dot > from ? dot : Math.Max(at, from + 1), true);
            if (at + 1 == text.Count) break;
            if (MayEndAfter(text, at)) chance = at + 1;
            else if (IsDotInName(text, at)) dot = at + 1;
        }
        return (text.Count, false);
    }

    private static bool IsDotInName(MeasuredText text, int at) => text.Grapheme(at) is "." or "_" && char.IsLetter(text.Grapheme(at + 1)[0]);

    private static bool MayEndAfter(MeasuredText text, int at)
    {
        if (IsSpace(text, at + 1)) return false;
        if (IsSpace(text, at)) return true;
        Rune.DecodeFromUtf16(text.Grapheme(at), out var here, out _);
        Rune.DecodeFromUtf16(text.Grapheme(at + 1), out var next, out _);
        if (Scripts.NeverBegins(next) || Scripts.NeverEnds(here)) return false;
        if (Scripts.BreaksAnywhere(here) || Scripts.BreaksAnywhere(next)) return true;
        return here.Value is '-' or '/' or '?' or '&' or '\u2010' or '\u2013' or '\u2014' && !Rune.IsDigit(next);
    }

    private static bool IsSpace(MeasuredText text, int at) => text.Grapheme(at) is " ";
}

/// <param name="Lines">Ranges of graphemes.</param>
/// <param name="BrokeWord">Whether a word was wider than a line and had to be broken inside.</param>
public sealed record WrappedLines(IReadOnlyList<(int From, int To)> Lines, bool BrokeWord);
