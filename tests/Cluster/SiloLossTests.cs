using ITwinOrleans.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;

namespace ITwinOrleans.Cluster.Tests;

/// <summary>A silo is lost under editors, viewers and subscribers: by a crash, by being told to end, by standing still.</summary>
public sealed class SiloLossTests : ClusterTest
{
    [Fact]
    public async Task Killed_silo_costs_no_edit_and_leaves_the_iModels_of_others_alone()
    {
        string[] keys = Keys(6);

        // Where the lost silo's iModels go may leave one silo with three more than another: then the balance moves one, which is no part of the loss.
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 3, 2, "--Balance:Enabled", "false");
        await using var editors = new Disposables<ClusterEditor>(keys.Select((key, i) => new ClusterEditor([cluster.Apis[i % 2], cluster.Apis[(i + 1) % 2]], key, $"editor{i}")));
        await Task.WhenAll(editors.Items.Select(editor => editor.InsertAsync()));
        string silo = (await cluster.OwnerOfAsync(keys[0]))!;
        await using var subscriber = new ClusterSubscriber([cluster.Apis[1], cluster.Apis[0]], keys[0]);
        await subscriber.StartAsync();
        await using var viewer = new ClusterViewer(cluster.Apis[1], keys[0]);
        await viewer.StartAsync();
        Dictionary<string, (long Epoch, string Silo)> before = await EpochsAsync(cluster);
        foreach (ClusterEditor editor in editors.Items)
            editor.Start(Rest);
        await UntilAcknowledgedAsync(editors.Items[0], 5, "before the silo is killed");

        await cluster.KillSiloAsync(silo);

        await Task.WhenAll(editors.Items.Select(editor => UntilAcknowledgedAsync(editor, 5, "after a silo was killed")));
        int reads = viewer.Reads;
        await UntilAsync(() => viewer.Reads > reads, "reads after a silo was killed");
        await AssertNothingLostAsync(cluster, editors.Items, subscriber);
        Assert.Empty(viewer.Failures);
        Dictionary<string, (long Epoch, string Silo)> after = await EpochsAsync(cluster);
        Assert.NotEqual(silo, after[keys[0]].Silo);
        Assert.Equal(1, subscriber.Connections);
        Assert.All(before.Where(iModel => iModel.Value.Silo != silo), iModel => Assert.Equal(iModel.Value, after[iModel.Key]));
    }

    [Fact]
    public async Task Silo_that_is_told_to_end_hands_over_without_an_error_for_anybody_and_undo_goes_on()
    {
        string[] keys = Keys(3);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 2);
        await using var editors = new Disposables<ClusterEditor>(keys.Select((key, i) => new ClusterEditor(cluster.Apis, key, $"editor{i}")));
        await Task.WhenAll(editors.Items.Select(editor => editor.InsertAsync()));
        string silo = (await cluster.OwnerOfAsync(keys[0]))!;
        await using var subscriber = new ClusterSubscriber(cluster.Apis, keys[0]);
        await subscriber.StartAsync();
        await using var viewers = new Disposables<ClusterViewer>(keys.Select((key, i) => new ClusterViewer(cluster.Apis[i % 2], key)));
        await Task.WhenAll(viewers.Items.Select(viewer => viewer.StartAsync()));
        foreach (ClusterEditor editor in editors.Items)
            editor.Start(Rest);
        await UntilAcknowledgedAsync(editors.Items[0], 5, "before the silo ends");
        await using HubConnection person = ClusterHub.Connection(cluster.Apis[0]);
        await person.StartAsync();
        await person.OpenAsync(keys[0], "Ann");
        await person.CallAsync("Transact", keys[0], ClusterEditor.Transaction("mistake"));

        Assert.Equal(0, (await cluster.StopSiloAsync(silo)).Code);
        await Task.WhenAll(editors.Items.Select(editor => UntilAcknowledgedAsync(editor, 5, "after a silo ended")));
        await AssertNothingLostAsync(cluster, editors.Items, subscriber);
        Assert.All(viewers.Items, viewer => Assert.Empty(viewer.Failures));
        Assert.Equal(1, subscriber.Connections);
        string next = (await cluster.OwnerOfAsync(keys[0]))!;
        Assert.NotEqual(silo, next);
        Assert.Contains($"The file of {keys[0]} was made before its owner came here", cluster.Silo(next).Said, StringComparison.Ordinal);
        await person.CallAsync("Undo", keys[0], new { operationId = "undone" });
        Assert.Equal(0, (await viewers.Items[0].QueryAsync("SELECT count(*) FROM bis.Subject WHERE UserLabel='mistake'"))[0]![0]!.GetValue<double>());
    }

    [Fact]
    public async Task Silo_that_stood_still_and_goes_on_after_its_successor_took_over_writes_nothing()
    {
        string[] keys = Keys(2);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys);
        await using var editor = new ClusterEditor(cluster.Apis, keys[0], "editor");
        await editor.InsertAsync();
        string silo = (await cluster.OwnerOfAsync(keys[0]))!;
        await using var subscriber = new ClusterSubscriber([cluster.Apis[1], cluster.Apis[0]], keys[0]);
        await subscriber.StartAsync();
        await using var viewer = new ClusterViewer(cluster.Apis[0], keys[0]);
        await viewer.StartAsync();
        editor.Start(Rest);
        await UntilAcknowledgedAsync(editor, 5, "before the silo stands still");

        // With commits on their way: what the stopped silo sends when it goes on is theirs.
        cluster.Silo(silo).Signal("STOP");
        await UntilAcknowledgedAsync(editor, 5, "while the silo stands still");
        long epoch = (await EpochsAsync(cluster))[keys[0]].Epoch;
        cluster.Silo(silo).Signal("CONT");

        await UntilAcknowledgedAsync(editor, 20, "after the silo went on");
        await AssertNothingLostAsync(cluster, [editor], subscriber);
        Assert.Empty(viewer.Failures);
        Assert.Equal(epoch, (await EpochsAsync(cluster))[keys[0]].Epoch);
        await cluster.Silo(silo).WhenEndedAsync(Patience);
    }
}
