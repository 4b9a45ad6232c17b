using ITwinOrleans.Backend.DevTools;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Reading;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Backend.Schemas;
using ITwinOrleans.Backend.Snapshots;
using ITwinOrleans.Backend.Tiles;
using ITwinOrleans.Native;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Backend;

/// <summary>The backend of one process: its open iModels and its RPC interfaces, over the process's engine.</summary>
public sealed class ITwinBackend : IAsyncDisposable
{
    /// <summary>Puts the backend together.</summary>
    /// <param name="engine">The process's engine; the backend does not dispose it.</param>
    /// <param name="options">What is allowed.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="additional">Makes the application's own RPC interfaces.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public ITwinBackend(
        NativeEngine engine,
        BackendOptions options,
        ILoggerFactory loggers,
        Func<IModelHost, IEnumerable<RpcInterface>>? additional = null,
        TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        IModels = new IModelHost(engine, options, time, loggers.CreateLogger<IModelHost>());
        Interfaces = new RpcRegistry(
        [
            new IModelReadRpc(options, time),
            new IModelTileRpc(IModels, options, time),
            new SnapshotIModelRpc(),
            new DevToolsRpc(options, new LogLevels(engine)),
            new ECSchemaRpc(),
            .. additional?.Invoke(IModels) ?? [],
        ]);
        Dispatcher = new RpcDispatcher(Interfaces, IModels, loggers.CreateLogger<RpcDispatcher>());
    }

    /// <summary>The open iModels.</summary>
    public IModelHost IModels { get; }

    /// <summary>The RPC interfaces.</summary>
    public RpcRegistry Interfaces { get; }

    /// <summary>Runs RPC calls.</summary>
    public RpcDispatcher Dispatcher { get; }

    /// <summary>Closes all iModels.</summary>
    public async ValueTask DisposeAsync() => await IModels.CloseAllAsync().ConfigureAwait(false);
}
