using ITwinOrleans.Backend;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Worker.IModels;

/// <summary>Makes workers whose work is the backend's.</summary>
/// <remarks>
/// An application with RPC interfaces of its own builds a worker program of its own, which is one line:
/// <c>return await WorkerProcessHost.RunAsync(args, BackendWorker.CreateFactory(loggers, BackendSettings.Read(), host => [new MyRpc(host)]));</c>
/// and names it in <c>WorkerOptions.Program</c>.
/// </remarks>
public static class BackendWorker
{
    /// <summary>A factory of handlers. Each starts the process's engine, of which there can be only one in a process's life.</summary>
    /// <param name="loggers">Where to log.</param>
    /// <param name="options">What the backend allows.</param>
    /// <param name="additional">Makes the application's own RPC interfaces.</param>
    public static WorkHandlerFactory CreateFactory(
        ILoggerFactory loggers, BackendOptions options, Func<IModelHost, IEnumerable<RpcInterface>>? additional = null) =>
        async (_, _) =>
        {
            var engine = await NativeEngine.StartAsync(loggerFactory: loggers).ConfigureAwait(false);
            return new BackendWorkHandler(new ITwinBackend(engine, options, loggers, additional), engine);
        };
}
