using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Amble.Host.Specs.Deploy;

/// <summary>YAML files of <c>deploy/</c>, with short words for going down into them.</summary>
internal static class Yaml
{
    public static string Folder { get; } = Find();

    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>All documents of a file; what is merged by <c>&lt;&lt;</c> is in its place.</summary>
    public static IReadOnlyList<YamlMappingNode> Read(string file)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(Text(file)))));
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    public static YamlNode At(this YamlNode node, params string[] path) => path.Aggregate(node, (at, key) =>
        Maybe(at, key) ?? throw new KeyNotFoundException($"There is no '{key}' in: {at}"));

    public static YamlNode? Maybe(this YamlNode node, string key) =>
        ((YamlMappingNode)node).Children.LastOrDefault(child => child.Key.ToString() == key).Value;

    public static IEnumerable<YamlNode> Items(this YamlNode node) => (YamlSequenceNode)node;

    public static IReadOnlyDictionary<string, YamlNode> Entries(this YamlNode node) => ((YamlMappingNode)node).Children.ToDictionary(child => child.Key.ToString(), child => child.Value);

    public static string[] Words(this YamlNode node) => [.. node.Items().Select(item => item.ToString())];

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Actors.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("No directory above the tests holds Actors.sln.");
        }
        return Path.Combine(root.FullName, "deploy");
    }
}
