using System.Security.Cryptography;
using System.Text;

namespace Amble.App.Pages;

/// <summary>A file from this program's own resources, which browsers may keep for ever: its address carries its text's hash.</summary>
/// <param name="Path">Where it is served.</param>
/// <param name="Url">The same with the hash.</param>
public sealed record StaticFile(string Path, string Url, string Text, string ContentType)
{
    public static StaticFile Load(string name, string contentType)
    {
        using var stream = typeof(StaticFile).Assembly.GetManifestResourceStream("Amble." + name)
            ?? throw new InvalidOperationException($"{name} is not among the program's resources.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
        return new StaticFile("/" + name, $"/{name}?v={hash}", text, contentType);
    }
}
