using ITwinOrleans.Grains.Clustering;
using ITwinOrleans.Grains.Hosting;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>Real silos of one cluster on free ports of 127.0.0.1, over one folder, each with <see cref="MemoryWorker"/>s of its own.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly List<IHost> _silos = [];
    private readonly int _primaryPort = FreePort.Resolve(0);
    private readonly (string Name, string Value)[] _settings;

    static TestCluster() => ClusterProviders.Add(new MemoryClusterProvider());

    public TestCluster(params (string Name, string Value)[] settings) => _settings = settings;

    public DataFolder Data { get; } = new();

    public EngineLog Log { get; } = new();

    public IReadOnlyList<IHost> Silos => _silos;

    public T Service<T>(int silo) where T : notnull => _silos[silo].Services.GetRequiredService<T>();

    /// <summary>Starts one more silo.</summary>
    public async Task AddSiloAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cluster:Mode"] = MemoryClusterProvider.Name,
            ["Cluster:ConnectionString"] = $"127.0.0.1:{_primaryPort}",
            ["Cluster:SiloPort"] = $"{(_silos.Count == 0 ? _primaryPort : 0)}",
            ["Cluster:GatewayPort"] = "0",
            ["Cluster:SiloName"] = $"silo-{_silos.Count}",
            ["Catalog:SettleTime"] = "00:00:00",
            ["Data"] = Data.Path,
        });
        builder.Configuration.AddInMemoryCollection(_settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        builder.Services.AddSingleton<IWorkerPool>(new MemoryWorkerPool(2, Log));
        builder.Services.AddSingleton<IOperationSafety, ReadsByInterface>();
        builder.AddITwinClusterSilo();
        var host = builder.Build();
        await host.StartAsync().For("the silo to start");
        _silos.Add(host);
    }

    public async ValueTask DisposeAsync()
    {
        Log.Hold.Open();
        foreach (var host in Enumerable.Reverse(_silos))
        {
            await host.StopAsync().For("the silo to stop");
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        Data.Dispose();
    }
}
