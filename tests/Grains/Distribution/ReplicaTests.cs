using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Distribution;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Distribution;

/// <summary>A fixed version that many use is served by several silos.</summary>
public sealed class ReplicaTests
{
    private const string Key = "0.bim";

    [Fact]
    public async Task Hot_fixed_version_is_served_by_another_silo_too_with_the_same_answers()
    {
        await using var cluster = await StartAsync(changesetId: "1234");
        await HeatAsync(cluster, () => ReplicaOf(cluster) is { State: IModelState.Open, Sessions.Count: > 0 });

        Assert.Equal(2, cluster.Log.Count("opening " + Key));
        Assert.True(ReplicaOf(cluster)!.IsReplica);
        var listed = (await cluster.Service<IOwnerStatuses>(0).GetAsync(CancellationToken.None))[Key];
        Assert.False(listed.IsReplica);
        Assert.True(listed.Sessions.Count > ReplicaOf(cluster)!.Sessions.Count);
        var shown = (await cluster.Service<IClusterView>(0).GetAsync(CancellationToken.None)).SelectMany(silo => silo.Report!.IModels.Select(m => (silo.Name, m.IsReplica)));
        Assert.Equal(2, shown.Select(m => m.Name).Distinct().Count());
        Assert.Single(shown, m => m.IsReplica);
    }

    [Theory]
    [InlineData("", 4)] // a snapshot, which may be replaced
    [InlineData("1234", 0)] // the setting says never
    [InlineData("1234", 13)] // not so many calls at once
    public async Task What_should_not_be_spread_is_served_by_its_owner_only(string changesetId, int replicaCalls)
    {
        await using var cluster = await StartAsync(changesetId, replicaCalls);
        var held = await HoldAsync(cluster);
        for (var ask = 0; ask < 200; ask++)
            Assert.Empty(await cluster.Service<IGrainFactory>(0).GetGrain<IIModelGrain>(Key).SpreadAsync().AsTask().For("the owner's answer"));
        Assert.Null(ReplicaOf(cluster));
        Assert.Equal(1, cluster.Log.Count("opening " + Key));
        await ReleaseAsync(cluster, held);
    }

    [Fact]
    public async Task Session_that_ends_is_forgotten_by_the_replica_too()
    {
        await using var cluster = await StartAsync(changesetId: "1234");
        await HeatAsync(cluster, () => ReplicaOf(cluster) is { Sessions.Count: > 0 });
        foreach (var session in ReplicaOf(cluster)!.Sessions)
            await cluster.Service<IIModelCluster>(0).EndSessionAsync(Key, session.SessionId);
        Assert.Empty(ReplicaOf(cluster)!.Sessions);
    }

    [Fact]
    public async Task File_is_replaced_by_one_that_is_no_fixed_version_the_owner_serves_everybody()
    {
        await using var cluster = await StartAsync(changesetId: "1234");
        await HeatAsync(cluster, () => ReplicaOf(cluster) is { Sessions.Count: > 0 });
        cluster.Data.Write(Key, "B");
        await Waiting.Until(() => Enumerable.Range(0, 2).All(i => cluster.Service<IModelCatalog>(i).Refresh(Key)?.Description is { Changeset.Id: "" }), "both silos to know the new file");
        for (var session = 0; session < 20; session++)
            Assert.Equal("\"B\"", await AskAsync(cluster, $"session {session}", "getConnectionProps"));
    }

    private static async Task<TestCluster> StartAsync(string changesetId, int replicaCalls = 4)
    {
        var cluster = new TestCluster(("Balance:Enabled", "false"), ("Balance:LoadInterval", "00:00:00.1"), ("Owners:ReplicaCalls", $"{replicaCalls}"));
        await cluster.AddSiloAsync();
        await cluster.AddSiloAsync();
        string[] silos = [.. Enumerable.Range(0, 2).Select(silo => cluster.Service<ILocalSiloDetails>(silo).SiloAddress.ToParsableString())];
        foreach (var silo in Enumerable.Range(0, 2))
            await Waiting.Until(() => cluster.Service<LoadTable>(silo).Look(silos).All(c => c.IsFresh), "the silos to know each other's load");
        cluster.Data.Write(Key, "A", changesetId: changesetId);
        Assert.Equal("[0]", await AskAsync(cluster, "first", "getElementProps", "[0]"));
        return cluster;
    }

    /// <summary>Has many calls under way and makes more, until something holds.</summary>
    private static async Task HeatAsync(TestCluster cluster, Func<bool> until)
    {
        var held = await HoldAsync(cluster);
        await UseAsync().For("a replica that is used");
        await ReleaseAsync(cluster, held);

        async Task UseAsync()
        {
            for (var call = 0; !until(); call++)
                Assert.Equal($"[{call}]", await AskAsync(cluster, $"session {call % 20}", "getElementProps", $"[{call}]"));
        }
    }

    private static async Task<Task<string>[]> HoldAsync(TestCluster cluster)
    {
        Task<string>[] held = [.. Enumerable.Range(0, 12).Select(i => AskAsync(cluster, $"held {i}", "queryRows"))];
        await cluster.Log.WhenAsync("invoked queryRows", held.Length);
        return held;
    }

    private static async Task ReleaseAsync(TestCluster cluster, Task<string>[] held)
    {
        cluster.Log.Hold.Open();
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal("\"held\"", answer));
    }

    private static async Task<string> AskAsync(TestCluster cluster, string session, string operation, string parameters = "[]")
    {
        using var reply = await cluster.Service<IIModelCluster>(0).InvokeAsync(Key, Bench.Call(operation, parameters, session), CancellationToken.None)
            .AsTask().For($"the reply to {session}");
        return reply.Status == RpcStatus.Resolved ? Bench.Text(reply) : $"{reply.Status}: {reply.Error?.Message}";
    }

    private static IModelStatus? ReplicaOf(TestCluster cluster) => cluster.Silos.Select((_, silo) => cluster.Service<IModelOwners>(silo).Replicas).SelectMany(r => r).SingleOrDefault();
}
