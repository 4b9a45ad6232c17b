using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Cluster.Tests;

/// <summary>The list of silos is in Azure Storage; ownership and journals are in PostgreSQL as ever.</summary>
public sealed class AzureStorageTests : ClusterTest
{
    [Fact]
    public async Task Silos_find_each_other_by_a_table_and_take_over_from_one_that_is_killed()
    {
        string[] keys = Keys(2);
        await using AzuriteServer azure = await AzuriteServer.StartAsync();
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(
            Editable, keys, 2, 1, "--Cluster:Mode", "AzureStorage", "--Cluster:ConnectionString", azure.ConnectionString, "--Durability:ConnectionString", database.ConnectionString());
        await using var editors = new Disposables<ClusterEditor>(keys.Select((key, i) => new ClusterEditor(cluster.Apis, key, $"editor{i}")));
        await using var subscriber = new ClusterSubscriber(cluster.Apis, keys[0]);
        await subscriber.StartAsync();
        foreach (ClusterEditor editor in editors.Items)
            editor.Start(Rest);
        await UntilAcknowledgedAsync(editors.Items[0], 5, "before the silo is killed");
        await cluster.KillSiloAsync((await cluster.OwnerOfAsync(keys[0]))!);
        await Task.WhenAll(editors.Items.Select(editor => UntilAcknowledgedAsync(editor, 5, "after a silo was killed")));
        await AssertNothingLostAsync(cluster, editors.Items, subscriber);
    }
}
