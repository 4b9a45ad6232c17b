using ITwinOrleans.Tests.Support;
using Npgsql;

namespace ITwinOrleans.Cluster.Tests;

/// <summary>Journals are made part of the base while people edit.</summary>
public sealed class CompactionTests : ClusterTest
{
    private const string SmallJournals = "40000";

    [Fact]
    public async Task Journal_is_compacted_under_edits_and_a_successor_goes_on_from_base_and_rest()
    {
        string[] keys = Keys(1);
        await using ClusterProcesses cluster = await StartAsync(keys);
        await using var editor = new ClusterEditor(cluster.Apis, keys[0], "editor");
        await using var subscriber = new ClusterSubscriber(cluster.Apis, keys[0]);
        await using var viewer = new ClusterViewer(cluster.Apis[0], keys[0]);
        await editor.InsertAsync();
        await subscriber.StartAsync();
        await viewer.StartAsync();
        editor.Start(TimeSpan.Zero);
        for (int bases = 1; bases <= 3; bases++)
        {
            long position = await BaseAsync(cluster);
            await UntilAsync(async () => await BaseAsync(cluster) > position, $"base {bases} after {editor.Acknowledged.Count} edits");
        }

        await cluster.KillSiloAsync((await cluster.OwnerOfAsync(keys[0]))!);
        await UntilAcknowledgedAsync(editor, 5, "after the silo was killed");
        await AssertNothingLostAsync(cluster, [editor], subscriber);
        Assert.Empty(viewer.Failures);
    }

    [Fact]
    public async Task Store_that_is_gone_holds_up_compaction_and_nothing_else()
    {
        string[] keys = Keys(1);
        await using ClusterProcesses cluster = await StartAsync(keys);
        await using var editor = new ClusterEditor(cluster.Apis, keys[0], "editor");
        await editor.InsertAsync();
        string store = Path.Combine(cluster.Data, ".store"), away = store + ".away";
        Directory.Move(store, away);
        await File.WriteAllTextAsync(store, "no folder");
        editor.Start(TimeSpan.Zero);
        await UntilAcknowledgedAsync(editor, 100, "while the store is gone");
        long position = await BaseAsync(cluster);
        File.Delete(store);
        Directory.Move(away, store);
        await UntilAsync(async () => await BaseAsync(cluster) > position, "a base after the store is back");
        await AssertNothingLostAsync(cluster, [editor]);
    }

    private static Task<ClusterProcesses> StartAsync(string[] keys) => ClusterProcesses.StartAsync(
        Editable, keys, 2, 1, "--Durability:CompactionBytes", SmallJournals, "--Durability:CompactionFileShare", "1000000", "--Live:CompactionRetryInterval", "00:00:01");

    // The newest part of the journal that is in the base.
    private static async Task<long> BaseAsync(ClusterProcesses cluster)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(cluster.Database.ConnectionString());
        await using NpgsqlCommand command = source.CreateCommand("select position from itwin.base");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
