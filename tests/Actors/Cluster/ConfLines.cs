namespace Amble.Cluster.Specs;

/// <param name="Path">The key's whole path.</param>
/// <param name="Reason">The comment right above it; null when there is none.</param>
internal sealed record ConfLine(string Path, string? Reason);

/// <summary>Reads our own plain way of writing HOCON: blocks, one key a line, a comment above each.</summary>
internal static class ConfLines
{
    public static IReadOnlyList<ConfLine> Of(string text)
    {
        var found = new List<ConfLine>();
        var blocks = new Stack<string>();
        string? reason = null;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('#')) reason = line.TrimStart('#').Trim();
            else if (line.EndsWith('{')) blocks.Push(line.TrimEnd('{').Trim());
            else if (line == "}") blocks.Pop();
            else if (line.Contains('=')) found.Add(new ConfLine(string.Join('.', [.. blocks.Reverse(), line[..line.IndexOf('=')].Trim()]), reason));
            if (!line.StartsWith('#')) reason = null;
        }
        return found;
    }
}
