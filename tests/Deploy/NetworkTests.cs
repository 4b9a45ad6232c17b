namespace ITwinOrleans.Deploy.Tests;

/// <summary>Whoever reaches a silo's ports may call any grain, so nobody outside does.</summary>
public sealed class NetworkTests
{
    private static readonly string[] SiloPorts = ["11111", "30000"];

    [Fact]
    public void Compose_publishes_the_Apis_port_to_this_machine_and_nothing_else()
    {
        (string Service, string Port)[] published = [.. Deployment.Compose.Entries("services").SelectMany(s => s.Value.Items("ports").Select(port => (s.Key, (string)port)))];
        (string service, string port) = Assert.Single(published);
        Assert.Equal("api", service);
        Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_has_silos_and_database_in_a_network_of_their_own()
    {
        Assert.Equal("true", Deployment.Compose.Text("networks", "cluster", "internal"));
        Assert.All(
            Deployment.Compose.Entries("services").Where(s => s.Key != "api"), service => Assert.Equal(["cluster"], service.Value.Items("networks").Cast<string>()));
    }

    [Fact]
    public void Kubernetes_services_give_nothing_to_the_outside_and_no_port_of_a_silo()
    {
        object[] services = [.. Deployment.Objects.Where(o => o.Text("kind") == "Service")];
        Assert.NotEmpty(services);
        Assert.All(services, service =>
        {
            Assert.True(service.Text("spec", "type") is null or "ClusterIP");
            Assert.DoesNotContain(service.Items("spec", "ports"), port => SiloPorts.Contains(port.Text("port")) || port.Text("targetPort") is "silo" or "gateway");
        });
        Assert.DoesNotContain(Deployment.Objects.SelectMany(o => o.Items("spec", "template", "spec", "containers")).SelectMany(c => c.Items("ports")), port => port.At("hostPort") is not null);
    }

    [Fact]
    public void Kubernetes_lets_members_of_the_cluster_to_silos_and_nobody_else()
    {
        object policy = Deployment.Objects.Single(o => o.Text("kind") == "NetworkPolicy");
        object rule = Assert.Single(policy.Items("spec", "ingress"));
        Assert.Equal("member", Assert.Single(rule.Items("from")).Text("podSelector", "matchLabels", "itwin-cluster"));
        Assert.Equal(SiloPorts, rule.Items("ports").Select(port => port.Text("port")));
        object[] pods = [.. Deployment.Objects.Where(o => o.At("spec", "template") is not null)];
        Assert.All(pods, pod => Assert.Equal("member", pod.Text("spec", "template", "metadata", "labels", "itwin-cluster")));
        Assert.Equal(policy.Text("spec", "podSelector", "matchLabels", "app"), pods.Single(pod => pod.Text("metadata", "name") == "silo").Text("spec", "template", "metadata", "labels", "app"));
    }

    [Fact]
    public void Kubernetes_takes_down_one_silo_at_a_time()
    {
        object budget = Deployment.Objects.Single(o => o.Text("kind") == "PodDisruptionBudget" && o.Text("metadata", "name") == "silo");
        Assert.Equal("1", budget.Text("spec", "maxUnavailable"));
        Assert.Equal("itwin-silo", budget.Text("spec", "selector", "matchLabels", "app"));
    }
}
