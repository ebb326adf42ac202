using Xunit;
using YamlDotNet.RepresentationModel;

namespace Amble.Host.Specs.Deploy;

/// <summary>compose.yaml says what the program understands, and opens nothing that should be closed.</summary>
public sealed class ComposeSpecs
{
    private static readonly YamlMappingNode Compose = Yaml.Read("compose.yaml").Single();

    private static readonly IReadOnlyDictionary<string, YamlNode> Services = Compose.At("services").Entries();

    private static IEnumerable<KeyValuePair<string, YamlNode>> Nodes => Services.Where(service => service.Value.At("image").ToString() == "amble");

    private static NodeWords Words(YamlNode node) => new(node.At("command").Words());

    [Fact]
    public void Three_nodes_have_names_that_stay_and_list_the_same_seeds()
    {
        Assert.Equal(3, Nodes.Count());
        Assert.All(Nodes, node => Words(node.Value).AssertIsNode(hostname: node.Key));
        Assert.Single(Nodes.Select(node => Words(node.Value)["--seed-nodes"]).Distinct());
        Assert.All(Words(Nodes.First().Value).Seeds, seed => Assert.Contains(seed.Split(':')[0], Nodes.Select(node => node.Key)));
    }

    [Fact]
    public void No_secret_stands_in_clear_text_and_every_variable_is_known()
    {
        foreach (var (_, service) in Services)
        {
            var environment = service.At("environment").Entries();
            Assert.NotEmpty(environment);
            NodeWords.AssertEnvironment(environment.Select(one => (one.Key, (string?)one.Value.ToString())));
        }
        Assert.All(Nodes, node => Assert.Superset(new HashSet<string> { "AMBLE_POSTGRES", "AMBLE_TOKEN_SHA256" }, node.Value.At("environment").Entries().Keys.ToHashSet()));
        Assert.All(Yaml.Text(".env.example").Split('\n').Where(line => !line.StartsWith('#') && line.Length > 0), line => Assert.EndsWith("=", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_in_clear_text_is_found()
    {
        Assert.ThrowsAny<Exception>(() => NodeWords.AssertEnvironment([("AMBLE_POSTGRES", "Host=db;Username=amble;Password=secret")]));
        Assert.ThrowsAny<Exception>(() => NodeWords.AssertEnvironment([("POSTGRES_PASSWORD", "secret")]));
        Assert.ThrowsAny<Exception>(() => NodeWords.AssertEnvironment([("AMBLE_POSTGRESS", "Host=db")]));
    }

    [Fact]
    public void Nodes_wait_for_a_healthy_database_that_keeps_its_data()
    {
        Assert.All(Nodes, node => Assert.Equal("service_healthy", node.Value.At("depends_on", "database", "condition").ToString()));
        var database = Services["database"];
        Assert.StartsWith("postgres:", database.At("image").ToString(), StringComparison.Ordinal);
        Assert.Contains("pg_isready", database.At("healthcheck", "test").Words()[1], StringComparison.Ordinal);
        Assert.Null(database.Maybe("ports"));
        Assert.Equal(["database:/var/lib/postgresql/data"], database.At("volumes").Words());
    }

    [Fact]
    public void Only_pages_are_published_and_only_to_this_machine()
    {
        foreach (var (_, node) in Nodes)
        {
            var published = Assert.Single(node.At("ports").Words());
            Assert.StartsWith("127.0.0.1:", published, StringComparison.Ordinal);
            Assert.EndsWith(":" + Words(node)["--http"].Split(':')[1], published, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Networks_volumes_and_secrets_are_those_that_are_declared()
    {
        foreach (var (name, service) in Services)
        {
            Assert.All(service.At("networks").Words(), network => Assert.Contains(network, Compose.At("networks").Entries().Keys));
            Assert.All(service.At("volumes").Words(), volume => Assert.Contains(volume.Split(':')[0], Compose.At("volumes").Entries().Keys));
            if (service.Maybe("secrets") is not { } secrets) continue;
            Assert.Equal(Compose.At("secrets").Entries().Keys.Order(), secrets.Words().Order());
            Assert.Equal("/run/secrets/certificate", service.At("environment", "AMBLE_CLUSTER_CERTIFICATE").ToString());
            Assert.NotEqual("database", name);
        }
        // A file of secrets must not come into the repository by accident.
        Assert.All(Compose.At("secrets").Entries().Values, secret => Assert.StartsWith("./secrets/", secret.At("file").ToString(), StringComparison.Ordinal));
        Assert.Contains("/deploy/secrets/", Yaml.Text("../.gitignore").Split('\n'));
        Assert.Contains("/deploy/.env", Yaml.Text("../.gitignore").Split('\n'));
    }

    [Fact]
    public void A_stop_has_time_enough() => Assert.All(Nodes, node => Assert.True(
        int.Parse(node.Value.At("stop_grace_period").ToString().TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture) >= 2 * App.Cli.LocalDesk.StopDeadline.TotalSeconds));
}
