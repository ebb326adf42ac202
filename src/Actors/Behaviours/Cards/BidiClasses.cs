using System.Globalization;
using System.Text;

namespace Amble.Behaviours.Cards;

/// <summary>The bidirectional classes that a cleaned line can have (UAX #9, table 4): marks, overrides and isolates were stripped.</summary>
public enum BidiClass
{
    L,
    R,
    AL,
    EN,
    ES,
    ET,
    AN,
    CS,
    NSM,
    WS,
    ON,
}

public static class BidiClasses
{
    /// <summary>After DerivedBidiClass.txt: by general category, and by block for the right-to-left scripts.</summary>
    public static BidiClass Of(Rune rune)
    {
        var value = rune.Value;
        if (value is >= '0' and <= '9' or >= 0x06F0 and <= 0x06F9) return BidiClass.EN;
        if (value is >= 0x0660 and <= 0x0669 or 0x066B or 0x066C) return BidiClass.AN;
        if (value is '+' or '-') return BidiClass.ES;
        if (value is '#' or '$' or '%' or >= 0xA2 and <= 0xA5 or 0xB0 or 0xB1 or 0x066A or >= 0x2030 and <= 0x2034) return BidiClass.ET;
        if (value is ',' or '.' or '/' or ':' or 0xA0 or 0x060C) return BidiClass.CS;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => BidiClass.NSM,
            UnicodeCategory.SpaceSeparator => BidiClass.WS,
            UnicodeCategory.CurrencySymbol => BidiClass.ET,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter => BidiClass.L,
            UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter when IsArabic(value) => BidiClass.AL,
            UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter => Scripts.IsRightToLeft(rune) ? BidiClass.R : BidiClass.L,
            UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.DecimalDigitNumber => BidiClass.L,
            _ when value is 0x05BE or 0x05C0 or 0x05C3 or 0x05C6 or 0x05F3 or 0x05F4 => BidiClass.R,
            _ when value is 0x061B or 0x061E or 0x061F or 0x066D or 0x06D4 => BidiClass.AL,
            _ => BidiClass.ON,
        };
    }

    // Arabic, Syriac, Thaana and the presentation forms.
    private static bool IsArabic(int value) => value is (>= 0x0600 and <= 0x07BF) or (>= 0x0860 and <= 0x08FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF);
}
