using System.Security.Cryptography;

namespace Amble.App.Pages;

/// <summary>The one style sheet, from this program's own resources.</summary>
public static class Style
{
    public const string Path = "/style.css";

    public static string Text { get; } = Load();

    /// <summary>With the text's hash, so that it can be kept for ever.</summary>
    public static string Url { get; } = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Text)).AsSpan(0, 6))}";

    private static string Load()
    {
        using var stream = typeof(Style).Assembly.GetManifestResourceStream("Amble.style.css")
            ?? throw new InvalidOperationException("The style sheet is not among the program's resources.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
