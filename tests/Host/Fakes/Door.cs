using Amble.App;
using Amble.App.Cli;
using Amble.App.Settings;

namespace Amble.Host.Specs.Fakes;

/// <summary>Runs command lines against a fake node in a directory of their own, and keeps what was said.</summary>
internal sealed class Door : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("amble-specs-");
    private readonly StringWriter _out = new();
    private readonly StringWriter _err = new();

    public Door() => Data = _directory.CreateSubdirectory("data").FullName;

    public FakeNode Node { get; } = new();
    public Dictionary<string, string> Environment { get; } = [];
    public string? SettingsFile { get; set; }
    public Func<NodeSettings, INode>? Open { get; set; }
    public string Data { get; }
    public string Out => _out.ToString();
    public string Err => _err.ToString();
    public string[] Problems => [.. Err.Split('\n').Where(line => line.StartsWith("amble: ", StringComparison.Ordinal)).Select(line => line["amble: ".Length..])];

    public string File(string name, string content)
    {
        var path = PathOf(name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public DoorContext Context => new(
        new Terminal(_out, _err, Live: false, Interactive: false, () => 100), Open ?? Node.Open, TimeProvider.System, Environment, SettingsFile);

    public async Task<int> RunAsync(params string[] args) => (int)await CommandLine.RunAsync(args, Context, CancellationToken.None);

    public async Task<int> RunAsync(CancellationToken stop, params string[] args) => (int)await CommandLine.RunAsync(args, Context, stop);

    /// <summary>A crawl of this door's own data directory.</summary>
    public Task<int> CrawlAsync(params string[] args) => RunAsync(["crawl", "--data", Data, .. args]);

    /// <summary>By the names of the command line or, in capitals, of the environment.</summary>
    public static EffectiveSettings Settings(params (string Name, string Value)[] values)
    {
        var of = values.ToLookup(value => value.Name.StartsWith("AMBLE_", StringComparison.Ordinal), value => KeyValuePair.Create(value.Name, value.Value));
        return SettingsReader.Read(null, of[true], of[false].ToDictionary()).Settings;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
