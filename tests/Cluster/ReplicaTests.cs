using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Cluster.Tests;

/// <summary>Many viewers look at one version of an iModel.</summary>
public sealed class ReplicaTests : ClusterTest
{
    [Fact]
    public async Task Hot_version_is_served_by_several_silos_and_a_viewer_notices_neither_that_nor_that_silos_end()
    {
        string[] keys = Keys(1);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 3, 1, "--Balance:Enabled", "false", "--Owners:ReplicaCalls", "2");
        await using var editor = new ClusterEditor(cluster.Apis, keys[0], "editor");
        await editor.InsertAsync();
        await NameAsync(cluster.Apis[0], keys[0], "first");
        string version = $"{keys[0]}.versions/000001.bim";
        await using var viewers = new Disposables<ClusterViewer>(Enumerable.Range(0, 24).Select(_ => new ClusterViewer(cluster.Apis[0], version, pause: TimeSpan.Zero)));
        await Task.WhenAll(viewers.Items.Select(viewer => viewer.StartAsync()));

        await UntilAsync(async () => (await OpenAsync(cluster, version)).Count(open => open.Sessions > 0) == 3, "the version to be used on three silos");
        Assert.Equal(2, (await OpenAsync(cluster, version)).Count(open => open.IsReplica));

        Assert.Equal(0, (await cluster.StopSiloAsync((await OpenAsync(cluster, version)).First(open => open.IsReplica).Silo)).Code);
        await ReadAsync(viewers.Items, "after a silo with a replica ended");
        await UntilAsync(async () => (await OpenAsync(cluster, version)).Any(open => open.IsReplica), "a silo that still has a replica");
        await cluster.KillSiloAsync((await OpenAsync(cluster, version)).First(open => open.IsReplica).Silo);
        await ReadAsync(viewers.Items, "after a silo with a replica was lost");
        Assert.Empty(viewers.Items.SelectMany(viewer => viewer.Failures));
    }

    private static async Task ReadAsync(IReadOnlyList<ClusterViewer> viewers, string when)
    {
        int[] before = [.. viewers.Select(viewer => viewer.Reads)];
        await UntilAsync(() => viewers.Select((viewer, i) => viewer.Reads - before[i]).Min() > 5, "every viewer to read " + when);
    }

    private static async Task<IReadOnlyList<(string Silo, bool IsReplica, int Sessions)>> OpenAsync(ClusterProcesses cluster, string key) =>
    [
        .. (await cluster.ViewAsync())["iModels"]!.AsArray().Where(iModel => iModel!["key"]!.GetValue<string>() == key).Select(iModel => (
            iModel!["silo"]!.GetValue<string>(), iModel["isReplica"]!.GetValue<bool>(), iModel["sessions"]!.GetValue<int>())),
    ];
}
