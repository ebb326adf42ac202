using System.Net;
using Amble.App;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Sql;
using Microsoft.AspNetCore.Builder;

namespace Amble.Browser.Specs;

/// <summary>
/// The real server on a real store, and a second hand on that store with which a test lets things happen. The node's own crawls begin
/// only where a test starts them.
/// </summary>
internal sealed class ServedStore : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly EffectiveSettings _settings;
    private readonly SqliteStore _hand;
    private (INode Node, WebApplication App)? _server;
    private int _port;

    private ServedStore((string Name, string Value)[] environment)
    {
        var all = environment.Append(("AMBLE_LIVE__LOOKEVERYMS", "100")).Append(("AMBLE_ALLOW_PRIVATE", "true")).Append(("AMBLE_DATA", _directory.Path));
        var (settings, problems) = SettingsReader.Read(null, all.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)), new Dictionary<string, string>());
        if (problems.Count > 0) throw new ArgumentException(string.Join(' ', problems), nameof(environment));
        _settings = settings;
        _hand = SqliteStore.Open(_directory.Path, StoreFixture.Unpack);
        Store = StoreFixture.Of(_hand);
    }

    public StoreFixture Store { get; }

    public ICrawlRuntime Runtime => _server!.Value.Node.Runtime;

    /// <param name="environment">Settings by their names in the environment.</param>
    public static async Task<ServedStore> StartAsync(params (string Name, string Value)[] environment)
    {
        var served = new ServedStore(environment);
        await served.StartAgainAsync();
        return served;
    }

    public string Url(string path) => $"http://127.0.0.1:{_port}{path}";

    /// <summary>At the same port as before.</summary>
    public async Task StartAgainAsync()
    {
        var node = Wiring.OpenNode(_settings.Node(null, null));
        var app = NodeServer.Build(new ServeNode(node, _settings, new TokenFile(_directory.Path)), [new IPEndPoint(IPAddress.Loopback, _port)], socket: null);
        await app.StartAsync();
        _port = new Uri(app.Urls.First()).Port;
        _server = (node, app);
    }

    public async Task StopAsync()
    {
        if (_server is not var (node, app)) return;
        await app.StopAsync();
        await app.DisposeAsync();
        await node.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _hand.Dispose();
        _directory.Dispose();
    }
}
