using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ITwinOrleans.Cluster.Tests;

/// <summary>What the tests of a cluster share: copies of an iModel that can be edited, and waits that say what for.</summary>
public abstract class ClusterTest
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Rest = TimeSpan.FromMilliseconds(50);

    private protected static string Editable => Path.Combine(PeerFiles.Data, "edit.bim");

    private protected static string[] Keys(int count) => [.. Enumerable.Range(1, count).Select(i => $"edit{i}.bim")];

    private protected static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Waited {Patience.TotalSeconds} s for {what}.");
            await Task.Delay(50);
        }
    }

    private protected static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    /// <summary>Waits until an editor has so many more acknowledgements.</summary>
    private protected static Task UntilAcknowledgedAsync(ClusterEditor editor, int more, string when)
    {
        int before = editor.Acknowledged.Count;
        return UntilAsync(() => editor.Acknowledged.Count >= before + more, $"{more} acknowledgements {when}; refusals: {string.Join(", ", editor.Refusals)}");
    }

    /// <summary>Stops the editors and looks whether all that they were acknowledged is there once, and in the feed that the subscriber got, in order.</summary>
    private protected static async Task AssertNothingLostAsync(ClusterProcesses cluster, IReadOnlyList<ClusterEditor> editors, ClusterSubscriber? subscriber = null, int api = 0)
    {
        await Task.WhenAll(editors.Select(editor => editor.StopAsync())).WaitAsync(Patience);
        foreach (string key in editors.Select(editor => editor.Key).Distinct())
            Assert.Empty(await ClusterHistory.FaultsAsync(cluster.Apis[api], key, editors));
        if (subscriber is null)
            return;
        ClusterEditor[] followed = [.. editors.Where(editor => editor.Key == subscriber.Key)];
        await subscriber.WhenAtAsync(followed.SelectMany(editor => editor.Acknowledged.Values).Max(), Patience);
        Assert.Empty(subscriber.Faults);
        Assert.Equal(subscriber.Operations.Distinct(), subscriber.Operations);
        Assert.Empty(followed.SelectMany(editor => editor.Acknowledged.Keys).Except(subscriber.Operations));
    }

    /// <summary>The epoch and the number of commits of each iModel that is open for writing.</summary>
    private protected static async Task<Dictionary<string, (long Epoch, string Silo)>> EpochsAsync(ClusterProcesses cluster) => (await cluster.ViewAsync())["iModels"]!.AsArray()
        .Where(iModel => iModel!["epoch"] is not null)
        .ToDictionary(iModel => Text(iModel!, "key"), iModel => (iModel!["epoch"]!.GetValue<long>(), Text(iModel!, "silo")));

    /// <summary>Names the state of an iModel.</summary>
    /// <returns>The version.</returns>
    private protected static async Task<JsonNode> NameAsync(Uri api, string key, string name)
    {
        using var http = new HttpClient();
        using HttpResponseMessage response = await http.PostAsJsonAsync(new Uri(api, $"/api/imodels/{key}/versions"), new JsonObject { ["name"] = name });
        JsonNode answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.True(response.IsSuccessStatusCode, answer.ToJsonString());
        return answer;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
