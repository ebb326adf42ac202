using Amble.Behaviours.Cards;

namespace Amble.PangoPainter;

/// <summary>
/// A Fontconfig of our own that knows the shipped fonts and nothing of the machine, neither its fonts nor its settings, so that a card
/// does not depend on where it is drawn.
/// </summary>
internal static class FontSetup
{
    // Pango asks for the family "emoji" where a text wants a picture.
    private static readonly string Rules = $"""
        <fontconfig>
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

    /// <exception cref="InvalidOperationException">Fontconfig does not take it.</exception>
    /// <exception cref="FileNotFoundException">A font is missing.</exception>
    public static nint Create(string folder)
    {
        var config = Native.FcConfigCreate();
        if (Native.FcConfigParseAndLoadFromMemory(config, Rules, 0) == 0 || Native.FcConfigBuildFonts(config) == 0)
        {
            Native.FcConfigDestroy(config);
            throw new InvalidOperationException("Fontconfig does not take a configuration of ours.");
        }
        foreach (var font in CardFont.For(TextWeight.Bold).Concat(CardFont.For(TextWeight.Medium)).DistinctBy(font => font.File))
        {
            // File by file: a folder would be looked up in caches of the machine.
            if (Native.FcConfigAppFontAddFile(config, Path.Combine(folder, font.File)) != 0) continue;
            Native.FcConfigDestroy(config);
            throw new FileNotFoundException($"the font {font.File} is not beside the program.");
        }
        return config;
    }

    /// <summary>The order in which a glyph is looked for, as Pango takes it.</summary>
    public static string Families(TextWeight weight) => string.Join(',', CardFont.For(weight).Select(font => font.Family));
}
