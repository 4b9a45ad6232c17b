using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Hosting;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>A real silo on free ports of 127.0.0.1, over <see cref="MemoryWorker"/>s; with a client in the same process that speaks to it over TCP.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private IHost? _host, _client;

    public DataFolder Data { get; } = new();

    public EngineLog Log { get; } = new();

    public MemoryWorkerPool Pool { get; private set; } = null!;

    public IServiceProvider Services => _host!.Services;

    /// <summary>Grains as the silo's own process calls them.</summary>
    public IGrainFactory Local => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Grains as another process calls them.</summary>
    public IGrainFactory Remote => _client!.Services.GetRequiredService<IClusterClient>();

    public static async Task<TestSilo> StartAsync(Action<OwnerOptions>? owner = null)
    {
        var silo = new TestSilo();
        silo.Pool = new MemoryWorkerPool(2, silo.Log);
        var gateway = FreePort.Resolve(0);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IWorkerPool>(silo.Pool);
        builder.Services.Configure<CatalogOptions>(o =>
        {
            o.DataFolder = silo.Data.Path;
            o.SettleTime = TimeSpan.Zero;
        });
        builder.Services.Configure<OwnerOptions>(o => owner?.Invoke(o));
        builder.AddITwinGrains(new LoopbackSiloOptions { GatewayPort = gateway });
        silo._host = builder.Build();
        await silo._host.StartAsync().For("the silo to start");

        var client = Host.CreateApplicationBuilder();
        client.Logging.ClearProviders();
        client.UseOrleansClient(c =>
        {
            c.UseLocalhostClustering(gateway, serviceId: "itwin-orleans", clusterId: "loopback");
            c.Services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("ITwinOrleans"));
            c.Services.Configure<ClientMessagingOptions>(o => o.WaitForCancellationAcknowledgement = true);
        });
        silo._client = client.Build();
        await silo._client.StartAsync().For("the client to start");
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        Log.Hold.Open();
        Log.OpenGate.Open();
        if (_client is not null)
        {
            await _client.StopAsync().For("the client to stop");
            _client.Dispose();
        }

        if (_host is not null)
        {
            await _host.StopAsync().For("the silo to stop");
            await ((IAsyncDisposable)_host).DisposeAsync();
        }

        Data.Dispose();
    }
}
