using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Cluster.Tests;

/// <summary>Clients of one iModel at different Apis.</summary>
public sealed class ApiLossTests : ClusterTest
{
    [Fact]
    public async Task Subscriber_whose_Api_is_lost_resumes_at_another_and_misses_nothing()
    {
        string[] keys = Keys(1);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 2);
        await using var editor = new ClusterEditor([cluster.Apis[0]], keys[0], "editor");
        await using var subscriber = new ClusterSubscriber([cluster.Apis[1], cluster.Apis[0]], keys[0]);
        await subscriber.StartAsync();
        editor.Start(Rest);
        await UntilAcknowledgedAsync(editor, 5, "before the Api is lost");
        await subscriber.WhenAtAsync(5, Patience);

        await cluster.KillApiAsync(1);

        await UntilAcknowledgedAsync(editor, 10, "after the Api was lost");
        await AssertNothingLostAsync(cluster, [editor], subscriber);
        Assert.Equal(2, subscriber.Connections);
        Assert.Equal(1, (await EpochsAsync(cluster))[keys[0]].Epoch);
    }

    [Fact]
    public async Task Api_that_is_told_to_end_with_the_whole_cluster_does_not_wait_for_silos()
    {
        string[] keys = Keys(1);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Editable, keys, 1, 1);
        await using var editor = new ClusterEditor([cluster.Apis[0]], keys[0], "editor");
        await using var subscriber = new ClusterSubscriber([cluster.Apis[0]], keys[0]);
        await editor.InsertAsync();
        await subscriber.StartAsync();
        await subscriber.WhenAtAsync(1, Patience);
        await cluster.KillSiloAsync("a");

        // What its clients leave behind would be told to the silo; the host gives up on an Api after 30 s.
        Assert.Equal(0, await cluster.StopApiAsync(0, TimeSpan.FromSeconds(20)));
    }
}
