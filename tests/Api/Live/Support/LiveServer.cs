using ITwinOrleans.Api.Hosting;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Tests.Peer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Api.Tests.Live.Support;

/// <summary>The whole server in this process, with real workers, over a folder of its own.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;

    private LiveServer(WebApplication app, DirectoryInfo folder, bool ownsFolder) => (_app, _folder, _ownsFolder) = (app, folder, ownsFolder);

    public string Folder => Path.Combine(_folder.FullName, "data");

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public IServiceProvider Services => _app.Services;

    public IModelOwner Owner(string key) => Services.GetRequiredService<IModelOwners>().Find(key)!;

    /// <summary>Starts it over copies of files; <c>key=file</c>, or the file's name as its key.</summary>
    public static async Task<LiveServer> StartAsync(IEnumerable<string> files, params (string Key, string Value)[] settings)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("itwin-live-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "data"));
        foreach (string file in files)
        {
            string[] parts = file.Split('=');
            File.WriteAllBytes(Path.Combine(folder.FullName, "data", parts[0]), File.ReadAllBytes(Path.Combine(PeerFiles.Data, parts[^1])));
        }

        return await StartAsync(folder, true, settings);
    }

    private static async Task<LiveServer> StartAsync(DirectoryInfo folder, bool ownsFolder, (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = ITwinApi.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        builder.Configuration["data"] = Path.Combine(folder.FullName, "data");
        builder.Configuration["Tiles:Folder"] = Path.Combine(folder.FullName, "tiles");
        builder.Configuration["Workers:SharedWorkers"] ??= "1";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("ITWIN_TEST_LOG") is { Length: > 0 })
            builder.Logging.AddSimpleConsole();
        builder.AddITwinApi();
        builder.AddITwinProcess();
        WebApplication app = builder.Build();
        app.MapITwinApi();
        await app.StartAsync();
        return new LiveServer(app, folder, ownsFolder);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder)
            _folder.Delete(recursive: true);
    }
}
