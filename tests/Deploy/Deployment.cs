using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Deploy.Tests;

/// <summary>What the folder <c>deploy</c> says.</summary>
internal static class Deployment
{
    private const string ImagePrefix = "itwin-orleans-";

    public static string Folder { get; } = Path.Combine(PeerFiles.Repository, "deploy");

    public static string Dockerfile { get; } = Path.Combine(Folder, "docker", "Dockerfile");

    public static object Compose { get; } = Yaml.Read(Path.Combine(Folder, "compose", "compose.yaml")).Single();

    /// <summary>All objects of the Kubernetes manifests.</summary>
    public static IReadOnlyList<object> Objects { get; } = [.. Directory.GetFiles(Path.Combine(Folder, "kubernetes"), "*.yaml")
        .Where(path => Path.GetFileName(path) != "kustomization.yaml").Order(StringComparer.Ordinal).SelectMany(Yaml.Read)];

    /// <summary>The commands of the Dockerfile, with continued lines as one.</summary>
    public static IReadOnlyList<string> Commands { get; } = [.. File.ReadAllText(Dockerfile).Replace("\\\n", " ", StringComparison.Ordinal)
        .Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>Every container of ours, in compose and in Kubernetes.</summary>
    public static IReadOnlyList<Container> Containers { get; } = [.. ComposeContainers(), .. KubernetesContainers()];

    private static IEnumerable<Container> ComposeContainers()
    {
        foreach ((string name, object service) in Compose.Entries("services"))
        {
            if (service.Text("build", "target") is not { } target)
                continue;
            yield return new Container("compose/" + name, target, WithImage(target, service.Entries("environment").Select(e => KeyValuePair.Create(e.Key, (string)e.Value))),
                [], TimeSpan.FromSeconds(int.Parse(service.Text("stop_grace_period")!.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private static IEnumerable<Container> KubernetesContainers()
    {
        foreach (object pod in Objects.Select(o => o.At("spec", "template", "spec")).Where(spec => spec is not null)!)
        {
            foreach (object container in pod.Items("containers"))
            {
                string target = container.Text("image")![ImagePrefix.Length..];
                yield return new Container(
                    "kubernetes/" + container.Text("name"), target, WithImage(target, container.Items("env").Select(e => KeyValuePair.Create(e.Text("name")!, e.Text("value") ?? ""))),
                    [.. new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(probe => container.At(probe)!)],
                    TimeSpan.FromSeconds(int.Parse(pod.Text("terminationGracePeriodSeconds")!, System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
    }

    // What the image sets, and what the container does.
    private static Dictionary<string, string> WithImage(string target, IEnumerable<KeyValuePair<string, string>> own)
    {
        var environment = new Dictionary<string, string>();
        string stage = "";
        foreach (string command in Commands)
        {
            if (command.StartsWith("FROM ", StringComparison.Ordinal))
                stage = command.Split(' ')[^1];
            if (!command.StartsWith("ENV ", StringComparison.Ordinal) || (stage != "base" && stage != target))
                continue;
            foreach (string setting in command[4..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                environment[setting[..setting.IndexOf('=', StringComparison.Ordinal)]] = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        foreach ((string name, string value) in own)
            environment[name] = value;
        return environment;
    }
}
