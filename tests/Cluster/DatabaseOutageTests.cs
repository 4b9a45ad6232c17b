using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Cluster.Tests;

/// <summary>PostgreSQL is gone for a while.</summary>
public sealed class DatabaseOutageTests : ClusterTest
{
    // ITWIN_OUTAGE=60 for the long run.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("ITWIN_OUTAGE"), out int seconds) ? seconds : 15);

    [Fact]
    public async Task Reads_go_on_writes_are_refused_and_all_recovers_without_a_restart()
    {
        // Fewer than the balance begins to move: what is between two silos when the database goes is nobody's until it is back.
        string[] keys = Keys(2);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys);
        await using var editors = new Disposables<ClusterEditor>(keys.Select((key, i) => new ClusterEditor([cluster.Apis[i % 2]], key, $"editor{i}")));
        await Task.WhenAll(editors.Items.Select(editor => editor.InsertAsync()));
        await using var subscriber = new ClusterSubscriber(cluster.Apis, keys[0]);
        await subscriber.StartAsync();
        await using var viewers = new Disposables<ClusterViewer>(keys.Select((key, i) => new ClusterViewer(cluster.Apis[i % 2], key)));
        await Task.WhenAll(viewers.Items.Select(viewer => viewer.StartAsync()));
        foreach (ClusterEditor editor in editors.Items)
            editor.Start(Rest);
        await UntilAcknowledgedAsync(editors.Items[0], 5, "before the outage");

        await cluster.Database.StopAsync();
        await UntilAsync(() => editors.Items.All(editor => editor.Refusals.ContainsKey("Busy")), "refusals of writes");
        int[] acknowledged = [.. editors.Items.Select(editor => editor.Acknowledged.Count)], reads = [.. viewers.Items.Select(viewer => viewer.Reads)];
        await Task.Delay(Outage);
        Assert.Equal(acknowledged, editors.Items.Select(editor => editor.Acknowledged.Count));
        Assert.All(viewers.Items.Zip(reads), pair => Assert.True(pair.First.Reads > pair.Second + 10,
            $"Only {pair.First.Reads - pair.Second} reads while the database was gone. {pair.First.Failures.LastOrDefault()}"));
        using var http = new HttpClient();
        HttpResponseMessage refused = await http.PostAsJsonAsync(new Uri(cluster.Apis[0], $"/api/imodels/{keys[0]}/transactions"), new JsonObject
        {
            ["operationId"] = "refused", ["operations"] = new JsonArray(new JsonObject { ["action"] = "delete", ["entity"] = "element", ["id"] = "0x1f" }),
        });
        Assert.Contains("The journal cannot be reached", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await cluster.Database.RestartAsync();

        await Task.WhenAll(editors.Items.Select(editor => UntilAcknowledgedAsync(editor, 10, "after the outage")));
        await AssertNothingLostAsync(cluster, editors.Items, subscriber);
        Assert.All(viewers.Items, viewer => Assert.Empty(viewer.Failures));
        Assert.All((await EpochsAsync(cluster)).Values, iModel => Assert.Equal(1, iModel.Epoch));
    }
}
