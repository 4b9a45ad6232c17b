using ITwinOrleans.Backend;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Workers;

/// <summary>Makes the silo's pool of workers, in processes of their own or, by setting, in this one.</summary>
internal static class WorkerPoolFactory
{
    public static IWorkerPool Create(IOptions<WorkerOptions> options, IOptions<BackendOptions> backend, ILoggerFactory loggers, TimeProvider time)
    {
        options.Value.Environment[BackendSettings.Variable] = BackendSettings.Write(backend.Value);
        return new WorkerPool(options, loggers, time, BackendWorker.CreateFactory(loggers, backend.Value));
    }
}
