using Amble.Host.Specs.Sql.Postgres;

namespace Amble.Processes.Specs.Cluster;

/// <summary>
/// Several nodes of one cluster on this machine, each a process with a loopback address of its own, on a PostgreSQL server that goes with
/// them. What they ask for goes to one scripted site, which sees by the address who asked.
/// </summary>
public sealed class ClusterOfProcesses : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, string> _nothing = new Dictionary<string, string>();

    private readonly DataPlace _place = new();
    private readonly List<NodeProcess> _nodes = [];

    private Wires? _wires;

    private ClusterOfProcesses(PostgresServer postgres) => Postgres = postgres;

    public PostgresServer Postgres { get; }

    /// <summary>What runs between the nodes, where the test wanted to cut it.</summary>
    public Wires Wires => _wires ?? throw new InvalidOperationException("This cluster was started without wires.");

    /// <summary>By number, from 1.</summary>
    public NodeProcess this[int number] => _nodes[number - 1];

    public IReadOnlyList<NodeProcess> Nodes => _nodes;

    /// <summary>Starts them all at once and waits until each is ready.</summary>
    /// <param name="sitePort">Where every connection goes.</param>
    /// <param name="environment">Settings of every node.</param>
    /// <param name="hasWires">Whether what runs between the nodes can be cut.</param>
    public static async Task<ClusterOfProcesses> StartAsync(int nodes, int sitePort, IReadOnlyDictionary<string, string>? environment = null, bool hasWires = false)
    {
        var cluster = await PrepareAsync(nodes, sitePort, environment, hasWires);
        try
        {
            foreach (var node in cluster._nodes) node.Start();
            foreach (var node in cluster._nodes) await node.ReadyAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same, and starts none of them.</summary>
    /// <param name="settingsOf">What is set for one node, by its number.</param>
    /// <param name="seeds">How many of them are seeds; all unless said.</param>
    public static async Task<ClusterOfProcesses> PrepareAsync(
        int nodes, int sitePort, IReadOnlyDictionary<string, string>? environment = null, bool hasWires = false, Func<int, IReadOnlyDictionary<string, string>>? settingsOf = null,
        int? seeds = null)
    {
        var cluster = new ClusterOfProcesses(await PostgresServer.StartAsync(isDurable: false));
        try
        {
            var (port, http) = (Ports.Free(), Ports.Free());
            var named = string.Join(',', Enumerable.Range(1, seeds ?? nodes).Select(number => $"{NodeProcess.AddressOf(number)}:{port}"));
            if (hasWires) cluster._wires = new Wires(nodes, port, cluster.Postgres.Port);
            for (var number = 1; number <= nodes; number++)
            {
                var settings = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
                {
                    ["AMBLE_DATA"] = cluster._place.Folder,
                    ["AMBLE_POSTGRES"] = cluster.Postgres.Connection,
                };
                foreach (var (name, value) in (cluster._wires?.SettingsOf(number) ?? _nothing).Concat(settingsOf?.Invoke(number) ?? _nothing)) settings[name] = value;
                cluster._nodes.Add(new NodeProcess(number, port, http, named, sitePort, settings));
            }
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits; in vain, each of the nodes is heard.</summary>
    public async Task OrTellAsync(Func<Task> waiting)
    {
        try
        {
            await waiting();
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{string.Join('\n', await Task.WhenAll(_nodes.Select(node => node.TellAsync())))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        if (_wires is not null) await _wires.DisposeAsync();
        await Postgres.DisposeAsync();
        _place.Dispose();
    }
}
