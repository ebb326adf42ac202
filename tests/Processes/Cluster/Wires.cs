using System.Net;
using System.Text;
using Amble.Processes.Specs.Network;

namespace Amble.Processes.Specs.Cluster;

/// <summary>
/// Every way between the nodes of a cluster, and from each to PostgreSQL, as a link of its own. A node's door is a relay at the address
/// that the others reach it at; the node listens behind it. Whoever calls names itself in the first bytes of Akka's handshake.
/// </summary>
public sealed class Wires : IAsyncDisposable
{
    private readonly int _nodes;
    private readonly int _behind;
    private readonly Dictionary<(int, int), Link> _links = [];
    private readonly Dictionary<int, int> _storePorts = [];
    private readonly List<TcpRelay> _relays = [];

    /// <param name="port">Where the nodes' doors are, each at its own address.</param>
    /// <param name="storePort">PostgreSQL's own.</param>
    public Wires(int nodes, int port, int storePort)
    {
        (_nodes, _behind) = (nodes, Ports.Free());
        var all = Enumerable.Range(1, nodes).ToList();
        foreach (var (one, other) in all.SelectMany(one => all.Where(other => other > one), (one, other) => (one, other))) _links[(one, other)] = new Link();
        foreach (var node in all)
        {
            var address = IPAddress.Parse(NodeProcess.AddressOf(node));
            _relays.Add(new TcpRelay(new IPEndPoint(address, port), new IPEndPoint(address, _behind), first => Between(node, CallerOf(first, node))));
            var store = _links[(node, 0)] = new Link();
            _storePorts[node] = Ports.Free();
            _relays.Add(new TcpRelay(new IPEndPoint(address, _storePorts[node]), new IPEndPoint(IPAddress.Loopback, storePort), _ => store));
        }
    }

    /// <summary>What a node is told, so that it listens behind its door and finds its own way to PostgreSQL.</summary>
    public IReadOnlyDictionary<string, string> SettingsOf(int node) => new Dictionary<string, string>
    {
        ["AMBLE_CLUSTER_BIND"] = $"{NodeProcess.AddressOf(node)}:{_behind}",
        ["AMBLE_POSTGRES"] = $"Host={NodeProcess.AddressOf(node)};Port={_storePorts[node]};Username=amble;Database=postgres",
    };

    /// <summary>No byte moves between this node and the other nodes and, if so wished, PostgreSQL.</summary>
    public void CutOff(int node, bool alsoFromStore)
    {
        foreach (var other in Enumerable.Range(1, _nodes).Where(other => other != node)) Between(node, other).Cut();
        if (alsoFromStore) _links[(node, 0)].Cut();
    }

    public void MendAll()
    {
        foreach (var link in _links.Values) link.Mend();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays) await relay.DisposeAsync();
    }

    private Link Between(int one, int other) => _links[(Math.Min(one, other), Math.Max(one, other))];

    private int CallerOf(ReadOnlyMemory<byte> handshake, int door)
    {
        var said = Encoding.Latin1.GetString(handshake.Span);
        return Enumerable.Range(1, _nodes).Single(node => node != door && said.Contains(NodeProcess.AddressOf(node), StringComparison.Ordinal));
    }
}
