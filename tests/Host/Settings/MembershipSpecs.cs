using System.Net;
using System.Net.Sockets;
using Amble.App.Settings;
using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Settings;

/// <summary>What makes a process a node of a cluster, and what is said where it cannot be one.</summary>
public sealed class MembershipSpecs
{
    private const string Postgres = "Host=db;Database=amble";

    [Fact]
    public async Task Without_cluster_a_node_is_alone_on_loopback()
    {
        var (member, problems) = await ReadAsync();
        Assert.Equal(("127.0.0.1", 0, true), (member.Hostname, member.Port, member.IsAlone));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task A_node_of_many_has_an_address_a_port_and_seeds()
    {
        var (member, problems) = await ReadAsync(
            ("--cluster", "true"), ("--postgres", Postgres), ("--hostname", "127.0.0.2"), ("--port", "4100"), ("--seed-nodes", "127.0.0.1:4100, akka.tcp://amble@127.0.0.2:4100"));
        Assert.Empty(problems);
        Assert.Equal(("127.0.0.2", 4100, false), (member.Hostname, member.Port, member.IsAlone));
        Assert.Equal(["127.0.0.1:4100", "127.0.0.2:4100"], member.Seeds.Select(seed => seed.ToString()));
    }

    [Fact]
    public async Task All_that_is_missing_is_told_at_once()
    {
        var (_, problems) = await ReadAsync(("--cluster", "true"));
        Assert.Equal(3, problems.Count);
        Assert.StartsWith("--cluster: the nodes of a cluster share one store, so it needs PostgreSQL", problems[0]);
        Assert.StartsWith("--seed-nodes: '' is not allowed", problems[1]);
        Assert.StartsWith("--hostname: '' is not allowed", problems[2]);
    }

    [Theory]
    [InlineData("--seed-nodes", "127.0.0.1")]
    [InlineData("--hostname", "not a name")]
    [InlineData("--postgres", "nothing")]
    public async Task What_was_told_to_be_wrong_is_not_told_to_be_missing(string option, string wrong) =>
        Assert.Empty((await ReadAsync([.. Node("127.0.0.2").Where(pair => pair.Item1 != option), (option, wrong)])).Problems);

    [Fact]
    public async Task A_node_may_listen_elsewhere_than_it_is_reached()
    {
        var (member, problems) = await ReadAsync([.. Node("127.0.0.2"), ("AMBLE_CLUSTER_BIND", "127.0.0.12:4054")]);
        Assert.Empty(problems);
        Assert.Equal(("127.0.0.2", 4053, "127.0.0.12:4054"), (member.Hostname, member.Port, member.Bind?.ToString()));
    }

    [Fact]
    public async Task Where_it_listens_is_judged_as_its_hostname_is() =>
        Assert.StartsWith("AMBLE_CLUSTER_BIND: '0.0.0.0' is not allowed", Assert.Single((await ReadAsync([.. Node("127.0.0.2"), ("AMBLE_CLUSTER_BIND", "0.0.0.0:4053")])).Problems));

    [Theory]
    [InlineData("0.0.0.0", "all addresses at once")]
    [InlineData("203.0.113.7", "a public one only with AMBLE_CLUSTER_ALLOW_PUBLIC=true")]
    [InlineData("public.test", "a public one only with AMBLE_CLUSTER_ALLOW_PUBLIC=true")]
    [InlineData("nobody.test", "a name that resolves to one")]
    public async Task A_hostname_that_is_not_ones_own_is_refused(string hostname, string why) =>
        Assert.Contains(why, Assert.Single((await ReadAsync(Node(hostname))).Problems));

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("10.1.2.3")]
    [InlineData("private.test")]
    public async Task A_private_one_is_taken(string hostname) => Assert.Empty((await ReadAsync(Node(hostname))).Problems);

    [Fact]
    public async Task A_public_one_is_taken_where_it_is_wanted() =>
        Assert.Empty((await ReadAsync([.. Node("203.0.113.7"), ("AMBLE_CLUSTER_ALLOW_PUBLIC", "true")])).Problems);

    [Fact]
    public async Task A_certificate_that_is_not_there_is_told() =>
        Assert.Contains("a PKCS #12 file that can be read", Assert.Single((await ReadAsync([.. Node("127.0.0.2"), ("AMBLE_CLUSTER_CERTIFICATE", "/nowhere/node.pfx")])).Problems));

    [Fact]
    public void Nodes_on_one_machine_have_directories_of_their_own()
    {
        var (one, two) = (Door.Settings([.. Node("127.0.0.1"), ("AMBLE_DATA", "/data")]), Door.Settings([.. Node("127.0.0.2"), ("AMBLE_DATA", "/data")]));
        Assert.Equal(one.Directory, two.Directory);
        Assert.NotEqual(one.NodeDirectory, two.NodeDirectory);
        Assert.StartsWith(one.Directory, one.NodeDirectory);
    }

    private static (string, string)[] Node(string hostname) => [("--cluster", "true"), ("--postgres", Postgres), ("--hostname", hostname), ("--seed-nodes", "127.0.0.1:4053")];

    private static Task<(Membership Member, IReadOnlyList<string> Problems)> ReadAsync(params (string, string)[] values) =>
        MembershipRule.ReadAsync(Door.Settings(values), LookUpAsync, CancellationToken.None);

    private static Task<IPAddress[]> LookUpAsync(string name, CancellationToken stop) => name switch
    {
        "private.test" => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.168.1.2")]),
        "public.test" => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.168.1.2"), IPAddress.Parse("203.0.113.7")]),
        _ => throw new SocketException((int)SocketError.HostNotFound),
    };
}
