using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Tiles;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Listing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Api.Tests.Support;

/// <summary>The edge on a real socket of loopback, over the router in memory.</summary>
internal sealed class ApiServer(WebApplication app, MemoryRouter router, RecordingLoggerProvider logs) : IAsyncDisposable
{
    private readonly WebApplication _app = app;
    private string? _ownFolder;

    public MemoryRouter Router { get; } = router;

    public RecordingLoggerProvider Logs { get; } = logs;

    public MemoryTileSource TileSource { get; } = (MemoryTileSource)app.Services.GetRequiredService<ITileSource>();

    public MemoryStore Store => (MemoryStore)_app.Services.GetRequiredService<IIModelStore>();

    public IServiceProvider Services => _app.Services;

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public static Task<ApiServer> StartAsync(params (string Key, string Value)[] settings) => StartAsync(_ => { }, settings);

    public static async Task<ApiServer> StartAsync(Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = ITwinApi.CreateBuilder(
            [.. settings.Where(setting => setting.Key == "webroot").Select(setting => $"--{setting.Key}={setting.Value}")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        if (settings.All(setting => setting.Key != "urls"))
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        string? ownFolder = null;
        if (settings.All(setting => setting.Key != "Tiles:Folder"))
            builder.Configuration["Tiles:Folder"] = ownFolder = Directory.CreateTempSubdirectory("itwin-tiles-").FullName;
        var logs = new RecordingLoggerProvider();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        var router = new MemoryRouter();
        builder.Services.AddSingleton<IRpcRouter>(router);
        builder.Services.AddSingleton<IRpcInterfaceCatalog, MemoryCatalog>();
        builder.Services.AddSingleton<ITileSource, MemoryTileSource>();
        builder.Services.AddSingleton<IIModelStore, MemoryStore>();
        builder.Services.AddSingleton<IClusterView, MemoryCluster>();
        builder.AddITwinApi();
        configure(builder.Services);
        WebApplication app = builder.Build();
        app.MapITwinApi();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new ApiServer(app, router, logs) { _ownFolder = ownFolder };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownFolder is not null)
            Directory.Delete(_ownFolder, recursive: true);
    }
}
