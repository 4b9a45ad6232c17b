using System.Text;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Durability.Local;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Workers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>The plain classes of a silo on a test's data folder, without a cluster.</summary>
public sealed class Bench : IAsyncDisposable
{
    public Bench(Action<OwnerOptions>? owner = null, Action<CatalogOptions>? catalog = null, TimeProvider? time = null, int workers = 1)
    {
        var catalogOptions = new CatalogOptions { DataFolder = Data.Path, SettleTime = TimeSpan.Zero };
        catalog?.Invoke(catalogOptions);
        OwnerOptions = new OwnerOptions { IdleTime = TimeSpan.FromMinutes(1), DrainTime = TimeSpan.FromSeconds(5) };
        owner?.Invoke(OwnerOptions);
        Time = time ?? TimeProvider.System;
        Pool = new MemoryWorkerPool(workers, Log);
        Describer = new WorkerFileDescriber(Pool, Options.Create(catalogOptions));
        Catalog = new IModelCatalog(Options.Create(catalogOptions), Describer, Time, NullLogger<IModelCatalog>.Instance);
        Limit = new OpenIModelLimit(Options.Create(OwnerOptions), Time);
        var ownerships = new LocalOwnershipStore(Time);
        var files = new LocalLiveFiles(ownerships);
        Uploads = new IModelUploads(Catalog, Describer, new EditedFiles(Catalog, files, Options.Create(OwnerOptions)), Options.Create(catalogOptions), Time);
        Live = new LiveContext(
            new LiveOptions(), ownerships, files, new LocalJournals(ownerships), new LocalVersionStore(), new OwnerIdentity("bench", "", Environment.ProcessId));
        Owners = new IModelOwners(Catalog, Pool, Limit, new ReadsByInterface(), Options.Create(OwnerOptions), Time, NullLogger<IModelOwner>.Instance, Live);
    }

    public DataFolder Data { get; } = new();

    public EngineLog Log { get; } = new();

    public MemoryWorkerPool Pool { get; }

    public IFileDescriber Describer { get; }

    public IModelCatalog Catalog { get; }

    public IModelUploads Uploads { get; }

    public OpenIModelLimit Limit { get; }

    public IModelOwners Owners { get; }

    public OwnerOptions OwnerOptions { get; }

    public LiveContext Live { get; }

    public TimeProvider Time { get; }

    public static RpcCall Call(string operation, string parameters = "[]", string session = "s1", string @interface = "IModelReadRpcInterface") => new()
    {
        Interface = @interface,
        Version = "3.8.0",
        Operation = operation,
        Parameters = Encoding.UTF8.GetBytes(parameters),
        Activity = new RpcActivity("activity", session, "app", "1.0"),
    };

    public static string Text(RpcReply reply) => Encoding.UTF8.GetString(reply.Json.Span);

    /// <summary>Runs an operation and disposes its reply.</summary>
    public async Task<string> AskAsync(string key, string operation, string parameters = "[]", CancellationToken cancellationToken = default)
    {
        using var reply = await Owners.GetOrAdd(key).InvokeAsync(Call(operation, parameters), cancellationToken).For($"{operation} of {key}");
        return reply.Status == RpcStatus.Resolved ? Text(reply) : $"{reply.Status}: {reply.Error?.Name}: {reply.Error?.Message}";
    }

    public async ValueTask DisposeAsync()
    {
        Log.Hold.Open();
        Log.OpenGate.Open();
        Log.DescribeGate.Open();
        await Owners.DisposeAsync();
        await Catalog.DisposeAsync();
        await Pool.DisposeAsync();
        Data.Dispose();
    }
}
