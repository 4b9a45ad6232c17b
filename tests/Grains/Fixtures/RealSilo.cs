using System.Diagnostics;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Hosting;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;
using ITwinOrleans.Worker.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>A silo as it is in production: real worker processes with the native library, over copies of real iModels.</summary>
public class RealSilo : IAsyncLifetime
{
    private IHost? _host;

    protected virtual WorkerMode Mode => WorkerMode.Process;

    public DataFolder Data { get; } = new();

    public IModelCatalog Catalog => _host!.Services.GetRequiredService<IModelCatalog>();

    public IModelDirectory Directory => _host!.Services.GetRequiredService<IModelDirectory>();

    public IModelUploads Uploads => _host!.Services.GetRequiredService<IModelUploads>();

    public IModelOwners Owners => _host!.Services.GetRequiredService<IModelOwners>();

    public RpcGateway Gateway => _host!.Services.GetRequiredService<RpcGateway>();

    public async Task InitializeAsync()
    {
        foreach (var file in new[] { "test.bim", "rich.bim", "InvalidFile.bim" })
            RealData.Copy(file, Data);
        RealData.Copy("JoesHouse.bim", Data, "houses/joe.bim");
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<CatalogOptions>(o =>
        {
            o.DataFolder = Data.Path;
            o.SettleTime = TimeSpan.Zero;
        });
        builder.Services.Configure<WorkerOptions>(o =>
        {
            o.Mode = Mode;
            o.SharedWorkers = 2;
        });
        builder.AddITwinGrains();
        _host = builder.Build();
        await _host.StartAsync().For("the silo to start");
    }

    public async Task DisposeAsync()
    {
        await _host!.StopAsync().For("the silo to stop");
        await ((IAsyncDisposable)_host).DisposeAsync();
        Data.Dispose();
    }

    /// <summary>Runs an operation with the iModel's token as first parameter.</summary>
    public async Task<string> AskAsync(string key, string operation, string parameters = "", string @interface = "IModelReadRpcInterface")
    {
        using var reply = await Gateway.InvokeAsync(
            Bench.Call(operation, $$"""[{"key":"{{key}}"}{{(parameters.Length > 0 ? "," : "")}}{{parameters}}]""", @interface: @interface),
            null, null, CancellationToken.None).AsTask().For($"{operation} of {key}");
        return reply.Status == RpcStatus.Resolved ? Bench.Text(reply) : $"{reply.Status}: {reply.Error?.Name}: {reply.Error?.Message}";
    }

    /// <summary>Connects as a viewer does that knows the file key.</summary>
    public async Task<string> ConnectAsync(string key)
    {
        using var reply = await Gateway.InvokeAsync(
            Bench.Call("openRemote", $"[\"{key}\"]", @interface: "SnapshotIModelRpcInterface") with { Version = "2.0.0" }, null, null, CancellationToken.None)
            .AsTask().For($"the opening of {key}");
        return reply.Status == RpcStatus.Resolved ? Bench.Text(reply) : $"{reply.Status}: {reply.Error?.Name}: {reply.Error?.Message}";
    }

    /// <summary>The worker processes of this test process.</summary>
    public static IReadOnlyList<Process> WorkerProcesses() =>
    [
        .. Process.GetProcessesByName("ITwinOrleans.Worker")
            .Where(p => File.ReadAllText($"/proc/{p.Id}/stat").Split(')')[^1].Split(' ')[2] == Environment.ProcessId.ToString()),
    ];
}
