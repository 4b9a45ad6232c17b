using System.Diagnostics;
using System.Text.Json.Nodes;
using ITwinOrleans.Parity.Tests.List;

namespace ITwinOrleans.Parity.Tests.Comparison;

/// <summary>The Node side of the list.</summary>
internal static class NodePeer
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The <c>node</c> program on the path; null when there is none.</summary>
    public static string? FindNode() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, "node"))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs the list with Node and gives its results by the names of the files of steps.</summary>
    public static async Task<JsonObject> RunAsync(string addonPath, string dataFolder, string outFolder)
    {
        string output = Path.Combine(outFolder, "node.json");
        var start = new ProcessStartInfo(FindNode()!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(ParityList.Folder, "peer", "run.mjs"), "--addon", addonPath, "--data", dataFolder, "--out", output,
                "--only", string.Join(',', ParityList.Selected.Select(file => file.Name)),
            },
        };
        using Process node = Process.Start(start)!;
        Task<string> said = node.StandardOutput.ReadToEndAsync();
        Task<string> complained = node.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await node.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill();
            throw new TimeoutException($"Node did not finish the list within {Limit}");
        }

        if (node.ExitCode != 0)
            throw new InvalidOperationException($"Node ended with {node.ExitCode}: {await said}{await complained}");
        return JsonNode.Parse(await File.ReadAllTextAsync(output))!["files"]!.AsObject();
    }
}
