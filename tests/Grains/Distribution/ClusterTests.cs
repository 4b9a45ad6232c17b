using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Distribution;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Distribution;

/// <summary>Several silos: who gets an iModel, and how it moves.</summary>
public sealed class ClusterTests
{
    private static readonly (string, string)[] NoBalancer = [("Balance:Enabled", "false"), ("Balance:LoadInterval", "00:00:00.1")];

    [Fact]
    public async Task Placement_spreads_iModels_over_the_silos()
    {
        // Each silo tells its load once, when it starts: the rest is what the placing silo knows itself.
        await using var cluster = new TestCluster(("Balance:Enabled", "false"), ("Balance:LoadInterval", "01:00:00"), ("Balance:LoadAge", "02:00:00"));
        await cluster.AddSiloAsync();
        await cluster.AddSiloAsync();
        var (table, silos) = (cluster.Service<LoadTable>(0), new[] { Address(cluster, 0), Address(cluster, 1) });
        await Waiting.Until(() => table.Look(silos).All(c => c.IsFresh), "the first silo to know the load of the second");
        for (var i = 0; i < 10; i++)
        {
            cluster.Data.Write($"{i}.bim", "A");
            Assert.Equal("[0]", await AskAsync(cluster, 0, $"{i}.bim", "[0]"));
        }

        Assert.Equal([5, 5], new[] { 0, 1 }.Select(silo => cluster.Service<OpenIModelLimit>(silo).Count));
    }

    [Fact]
    public async Task MoveAsync_iModel_is_open_on_the_other_silo_and_only_there()
    {
        await using var cluster = await StartAsync(2, NoBalancer);
        await OpenAsync(cluster, 1);
        var from = cluster.Service<IModelOwners>(0).Find("0.bim") is null ? 1 : 0;

        var moves = await Grain(cluster).MoveAsync(Address(cluster, 1 - from), evenBusy: false).AsTask().For("the move");

        Assert.True(moves);
        await Waiting.Until(
            () => cluster.Service<IModelOwners>(1 - from).Find("0.bim") is { Status.State: IModelState.Open } && cluster.Service<IModelOwners>(from).Find("0.bim") is null,
            "the iModel to be open on the other silo");
        Assert.Equal((2, 1), (cluster.Log.Count("opening 0.bim"), cluster.Log.Count("closed 0.bim")));
        Assert.Equal("[1]", await AskAsync(cluster, 0, "0.bim", "[1]"));
        Assert.Equal("[2]", await AskAsync(cluster, 1, "0.bim", "[2]"));
        Assert.Equal(2, cluster.Log.Count("opening 0.bim"));
    }

    [Fact]
    public async Task MoveAsync_call_is_running_it_stays()
    {
        await using var cluster = await StartAsync(2, NoBalancer);
        await OpenAsync(cluster, 1);
        var from = cluster.Service<IModelOwners>(0).Find("0.bim") is null ? 1 : 0;
        var running = cluster.Service<IIModelCluster>(0).InvokeAsync("0.bim", Bench.Call("queryRows"), CancellationToken.None).AsTask();
        await cluster.Log.WhenAsync("invoked queryRows");

        Assert.False(await Grain(cluster).MoveAsync(Address(cluster, 1 - from), evenBusy: false).AsTask().For("the refusal"));

        cluster.Log.Hold.Open();
        (await running.For("the running call")).Dispose();
        Assert.Equal(1, cluster.Log.Count("opening 0.bim"));
    }

    [Fact]
    public async Task Balancer_a_silo_joins_it_gets_iModels_and_every_call_is_answered()
    {
        await using var cluster = await StartAsync(1, ("Balance:Interval", "00:00:00.1"), ("Balance:LoadInterval", "00:00:00.1"));
        await OpenAsync(cluster, 6);
        using var stop = new CancellationTokenSource();
        var calls = Task.Run(async () =>
        {
            var answered = 0;
            for (; !stop.IsCancellationRequested; answered++)
                Assert.Equal($"[{answered}]", await AskAsync(cluster, 0, $"{answered % 6}.bim", $"[{answered}]"));
            return answered;
        });

        await cluster.AddSiloAsync();
        await Waiting.Until(() => cluster.Service<OpenIModelLimit>(0).Count == 3 && cluster.Service<OpenIModelLimit>(1).Count == 3, "three iModels to be on each silo");

        await stop.CancelAsync();
        Assert.True(await calls.For("the last call") > 0);
        Assert.Equal(9, Enumerable.Range(0, 6).Sum(i => cluster.Log.Count($"opening {i}.bim")));
    }

    [Fact]
    public async Task View_shows_silos_and_what_each_has_open()
    {
        await using var cluster = await StartAsync(2, NoBalancer);
        await OpenAsync(cluster, 4);

        var silos = await cluster.Service<IClusterView>(1).GetAsync(CancellationToken.None);

        Assert.Equal(["silo-0 active", "silo-1 active"], silos.Select(s => $"{s.Name} {s.Status}"));
        Assert.Equal(["0.bim", "1.bim", "2.bim", "3.bim"], silos.SelectMany(s => s.Report!.IModels).Select(m => m.Key).Order());
        Assert.Equal(4, silos.Sum(s => s.Report!.Load.OpenIModels));
        Assert.All(silos, s => Assert.Equal(["memory-0", "memory-1"], s.Report!.Workers.Select(w => w.Name)));
    }

    private static async Task<TestCluster> StartAsync(int silos, params (string, string)[] settings)
    {
        var cluster = new TestCluster(settings);
        for (var i = 0; i < silos; i++)
            await cluster.AddSiloAsync();
        for (var i = 0; i < silos; i++)
        {
            var (table, known) = (cluster.Service<LoadTable>(i), cluster.Silos.Select((_, silo) => Address(cluster, silo)).ToArray());
            await Waiting.Until(() => table.Look(known).All(c => c.IsFresh), "the silos to know each other's load");
        }

        return cluster;
    }

    private static async Task OpenAsync(TestCluster cluster, int count)
    {
        for (var i = 0; i < count; i++)
        {
            cluster.Data.Write($"{i}.bim", "A");
            Assert.Equal("[0]", await AskAsync(cluster, i % cluster.Silos.Count, $"{i}.bim", "[0]"));
        }
    }

    private static async Task<string> AskAsync(TestCluster cluster, int silo, string key, string parameters)
    {
        using var reply = await cluster.Service<IIModelCluster>(silo).InvokeAsync(key, Bench.Call("getElementProps", parameters), CancellationToken.None)
            .AsTask().For($"the reply of {key}");
        return reply.Status == RpcStatus.Resolved ? Bench.Text(reply) : $"{reply.Status}: {reply.Error?.Message}";
    }

    private static IIModelGrain Grain(TestCluster cluster) => cluster.Service<IGrainFactory>(0).GetGrain<IIModelGrain>("0.bim");

    private static string Address(TestCluster cluster, int silo) => cluster.Service<ILocalSiloDetails>(silo).SiloAddress.ToParsableString();
}
