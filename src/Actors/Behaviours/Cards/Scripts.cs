using System.Text;

namespace Amble.Behaviours.Cards;

/// <summary>What layout must know of scripts: where a line may break, which way it runs, which forms of Han it wants.</summary>
public static class Scripts
{
    /// <summary>Written without spaces, a line may end after almost every sign (UAX #14, class ID): Han, kana, their full-width forms, and emoji.</summary>
    public static bool BreaksAnywhere(Rune rune) => rune.Value is (>= 0x2E80 and <= 0x31FF and not 0x3000) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF01 and <= 0xFF9F) or (>= 0x1F000 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Never begins a line (UAX #14, classes CL, NS, EX): closing brackets, stops, small kana, the long mark.</summary>
    public static bool NeverBegins(Rune rune) => rune.Value <= 0xFFFF && "、。，．・：；？！）］｝」』】〉》〕〗〙〛’”ー々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥,.!?:;)]}%".Contains((char)rune.Value);

    /// <summary>Never ends a line (UAX #14, class OP): opening brackets.</summary>
    public static bool NeverEnds(Rune rune) => rune.Value <= 0xFFFF && "（［｛「『【〈《〔〖〘〚‘“([{".Contains((char)rune.Value);

    /// <summary>Right to left by the first strong letter (UAX #9, P2 and P3); without one, left to right.</summary>
    public static bool RunsLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsRightToLeft(rune)) return true;
            if (Rune.IsLetter(rune)) return false;
        }
        return false;
    }

    /// <summary>The blocks whose letters run right to left: Hebrew to Arabic Extended, their presentation forms, and the old scripts of plane 1.</summary>
    public static bool IsRightToLeft(Rune rune) => Rune.IsLetter(rune)
        && rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    /// <summary>Han is drawn in the forms of this language (BCP 47): Japanese where there is kana, Chinese otherwise; null without Han.</summary>
    public static string? HanLanguage(string text)
    {
        var han = false;
        foreach (var c in text)
        {
            if (c is >= '\u3040' and <= '\u30FF') return "ja";
            han |= c is >= '\u3400' and <= '\u9FFF';
        }
        return han ? "zh" : null;
    }
}
