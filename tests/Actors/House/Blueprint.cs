namespace Amble.Actors.Specs.House;

/// <summary>The house as text: paths from the root, with forward slashes, and what stands in the files.</summary>
/// <param name="Seeds">SEEDS.md; null where it is not beside the house.</param>
public sealed record Blueprint(IReadOnlyDictionary<string, string> Files, string? Seeds)
{
    public IEnumerable<SourceFile> Sources(string under) => Files
        .Where(file => file.Key.StartsWith(under, StringComparison.Ordinal) && file.Key.EndsWith(".cs", StringComparison.Ordinal))
        .OrderBy(file => file.Key, StringComparer.Ordinal)
        .Select(file => new SourceFile(file.Key, file.Value.Split('\n')));

    public IEnumerable<(string Path, string Text)> Projects => Files
        .Where(file => file.Key.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(file => (file.Key, file.Value));

    /// <summary>The house that this test was built in.</summary>
    public static Blueprint Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Actors.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("No directory above the tests holds Actors.sln.");
        }
        var files = new[] { "src", "tests" }
            .SelectMany(part => Directory.EnumerateFiles(Path.Combine(root.FullName, part), "*.cs*", SearchOption.AllDirectories))
            .Select(path => (Full: path, Path: Path.GetRelativePath(root.FullName, path).Replace('\\', '/')))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .ToDictionary(file => file.Path, file => File.ReadAllText(file.Full));
        var seeds = Path.Combine(root.FullName, "..", "shared", "SEEDS.md");
        return new Blueprint(files, File.Exists(seeds) ? File.ReadAllText(seeds) : null);
    }
}

public sealed record SourceFile(string Path, IReadOnlyList<string> Lines);
