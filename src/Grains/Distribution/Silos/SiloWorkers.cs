using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Hosting;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Starts a silo's workers with it: an iModel that moves to a silo that just joined does not wait for a process, too.</summary>
internal sealed class SiloWorkers(IWorkerPool pool) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        pool.StartShared();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
