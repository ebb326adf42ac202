using System.Security;
using Amble.Behaviours.Cards;

namespace Amble.PangoPainter;

/// <summary>
/// A Fontconfig of our own that knows the shipped fonts and nothing of the machine, neither its fonts nor its settings, so that a card
/// does not depend on where it is drawn.
/// </summary>
internal static class FontSetup
{
    /// <exception cref="InvalidOperationException">Fontconfig does not take it.</exception>
    /// <exception cref="FileNotFoundException">A font is missing.</exception>
    public static nint Create(string folder)
    {
        foreach (var font in CardFont.For(Behaviours.Cards.TextWeight.Bold).Concat(CardFont.For(Behaviours.Cards.TextWeight.Medium)))
            if (!File.Exists(Path.Combine(folder, font.File))) throw new FileNotFoundException($"the font {font.File} is not beside the program.");
        var config = Native.FcConfigCreate();
        // Pango asks for the family "emoji" where a text wants a picture.
        var text = $"""
            <fontconfig>
              <dir>{SecurityElement.Escape(folder)}</dir>
              <match target="pattern">
                <test name="family"><string>emoji</string></test>
                <edit name="family" mode="prepend" binding="strong"><string>{CardFont.Emoji.Family}</string></edit>
              </match>
              <match target="font">
                <edit name="hinting" mode="assign"><bool>false</bool></edit>
                <edit name="antialias" mode="assign"><bool>true</bool></edit>
              </match>
            </fontconfig>
            """;
        if (Native.FcConfigParseAndLoadFromMemory(config, text, 0) != 0 && Native.FcConfigBuildFonts(config) != 0) return config;
        Native.FcConfigDestroy(config);
        throw new InvalidOperationException("Fontconfig does not take the fonts beside the program.");
    }

    /// <summary>The order in which a glyph is looked for, as Pango takes it.</summary>
    public static string Families(TextWeight weight) => string.Join(',', CardFont.For(weight).Select(font => font.Family));
}
