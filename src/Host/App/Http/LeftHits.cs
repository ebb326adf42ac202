using System.Text.Json;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>
/// The note of what a stop could not store: a file of the node's own directory, for its next start. A note that is lost or cannot be read
/// loses only the count: that start still tells that something may be missing.
/// </summary>
public static class LeftHits
{
    private const string Name = "access-log-left.json";

    public static IReadOnlyList<HitsLeft> Read(string directory, Action<string> tell)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<List<HitsLeft>>(File.ReadAllText(path)) is { } left ? left : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            tell($"{path} cannot be read ({error.Message}); how many hits a stop has lost is not told.");
            return [];
        }
    }

    public static void Write(string directory, IReadOnlyList<HitsLeft> left, Action<string> tell)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            if (left.Count == 0) File.Delete(path);
            else File.WriteAllText(path, JsonSerializer.Serialize(left));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            tell($"{path} cannot be written ({error.Message}); how many hits this stop has lost is not told.");
        }
    }
}
