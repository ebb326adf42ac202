using System.Net;
using Amble.App.Cli;
using Amble.Host.Specs.Fakes;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Amble.Host.Specs.Deploy;

/// <summary>The Kubernetes manifests say what the program understands, and open nothing that should be closed.</summary>
public sealed class KubernetesSpecs
{
    private static readonly IReadOnlyList<YamlMappingNode> All = Yaml.Read("kubernetes/amble.yaml");

    private static readonly YamlNode Set = Of("StatefulSet").At("spec");

    private static readonly YamlNode Pod = Set.At("template", "spec");

    private static readonly YamlNode Container = Pod.At("containers").Items().Single();

    private static YamlMappingNode Of(string kind, string? name = null) =>
        All.Single(one => one.At("kind").ToString() == kind && (name is null || one.At("metadata", "name").ToString() == name));

    private static int Number(YamlNode node) => int.Parse(node.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Each_pod_is_a_node_by_its_own_name_and_all_list_the_same_seeds()
    {
        var service = Set.At("serviceName").ToString();
        var words = new NodeWords(Container.At("args").Words());
        words.AssertIsNode(hostname: $"$(POD_NAME).{service}");
        var pods = Enumerable.Range(0, Number(Set.At("replicas"))).Select(pod => $"amble-{pod}.{service}:{words["--port"]}");
        Assert.Equal(pods, words.Seeds);
        var name = Container.At("env").Items().Single(one => one.At("name").ToString() == "POD_NAME");
        Assert.Equal("metadata.name", name.At("valueFrom", "fieldRef", "fieldPath").ToString());
    }

    [Fact]
    public void The_headless_service_names_pods_before_they_are_ready()
    {
        var service = Of("Service", Set.At("serviceName").ToString()).At("spec");
        Assert.Equal(("None", "true"), (service.At("clusterIP").ToString(), service.At("publishNotReadyAddresses").ToString()));
        Assert.Equal("Parallel", Set.At("podManagementPolicy").ToString());
    }

    [Fact]
    public void All_that_selects_pods_selects_these()
    {
        var labels = Set.At("template", "metadata", "labels").ToString();
        Assert.Equal(labels, Set.At("selector", "matchLabels").ToString());
        Assert.All(All.Where(one => one.At("kind").ToString() == "Service"), service => Assert.Equal(labels, service.At("spec", "selector").ToString()));
        Assert.Equal(labels, Of("PodDisruptionBudget").At("spec", "selector", "matchLabels").ToString());
        Assert.Equal(labels, Of("NetworkPolicy").At("spec", "podSelector", "matchLabels").ToString());
    }

    [Fact]
    public async Task Probes_ask_routes_that_exist_at_the_port_of_the_pages()
    {
        await using var served = await Served.StartAsync();
        Assert.Equal("/readyz", Container.At("readinessProbe", "httpGet", "path").ToString());
        foreach (var probe in new[] { "readinessProbe", "livenessProbe", "startupProbe" })
        {
            var get = Container.At(probe, "httpGet");
            using var answer = await served.Http.GetAsync(get.At("path").ToString());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var port = Container.At("ports").Items().Single(one => one.At("name").ToString() == get.At("port").ToString());
            Assert.EndsWith(":" + port.At("containerPort"), new NodeWords(Container.At("args").Words())["--http"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_store_that_is_away_makes_a_pod_unready_and_never_kills_it() =>
        Assert.All(["livenessProbe", "startupProbe"], probe => Assert.Equal("/healthz", Container.At(probe, "httpGet", "path").ToString()));

    [Fact]
    public void Secrets_come_from_secrets_and_every_variable_is_known()
    {
        var environment = Container.At("env").Items().ToList();
        NodeWords.AssertEnvironment(environment.Select(one => (one.At("name").ToString(), one.Maybe("value")?.ToString())));
        foreach (var secret in new[] { "AMBLE_POSTGRES", "AMBLE_TOKEN_SHA256", "AMBLE_CLUSTER_CERTIFICATE_PASSWORD" })
        {
            Assert.Equal("amble", environment.Single(one => one.At("name").ToString() == secret).At("valueFrom", "secretKeyRef", "name").ToString());
        }
        Assert.DoesNotContain(All, one => one.At("kind").ToString() == "Secret");
    }

    [Fact]
    public void Every_mount_has_its_volume()
    {
        var volumes = Pod.At("volumes").Items().Select(one => one.At("name").ToString())
            .Concat(Set.At("volumeClaimTemplates").Items().Select(one => one.At("metadata", "name").ToString())).ToHashSet();
        Assert.All(Container.At("volumeMounts").Items(), mount => Assert.Contains(mount.At("name").ToString(), volumes));
    }

    [Fact]
    public void A_stop_has_time_enough_and_a_majority_stays()
    {
        Assert.True(Number(Pod.At("terminationGracePeriodSeconds")) >= 2 * LocalDesk.StopDeadline.TotalSeconds);
        Assert.True(Number(Of("PodDisruptionBudget").At("spec", "maxUnavailable")) * 2 < Number(Set.At("replicas")));
    }

    [Fact]
    public void A_pod_has_no_rights_and_a_bound()
    {
        Assert.Equal("true", Pod.At("securityContext", "runAsNonRoot").ToString());
        Assert.Equal(("false", "true"), (Container.At("securityContext", "allowPrivilegeEscalation").ToString(), Container.At("securityContext", "readOnlyRootFilesystem").ToString()));
        Assert.NotNull(Container.At("resources", "requests", "cpu"));
        Assert.NotNull(Container.At("resources", "limits", "memory"));
    }

    [Fact]
    public void Only_the_nodes_reach_the_nodes_own_port()
    {
        var rules = Of("NetworkPolicy").At("spec", "ingress").Items().ToList();
        var open = rules.Where(rule => rule.Maybe("from") is null).SelectMany(rule => rule.At("ports").Items()).Select(port => port.At("port").ToString());
        Assert.Equal(["http"], open);
    }
}
