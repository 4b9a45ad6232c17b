using System.Diagnostics;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Measures the load of this silo.</summary>
internal sealed class SiloMeter(
    ILocalSiloDetails silo, OpenIModelLimit limit, IModelOwners owners, OwnedIModels owned, MachineMemory machine,
    IWorkerPool pool, IHostApplicationLifetime lifetime, IOptions<OwnerOptions> options, TimeProvider time)
{
    // Below this a rate says nothing: it keeps the one before.
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMilliseconds(500);

    private static readonly DateTimeOffset Since = StartOfProcess();

    private readonly Lock _lock = new();
    private (long At, long Calls, double Rate) _last = (time.GetTimestamp(), 0, 0);

    /// <summary>The load now.</summary>
    public SiloLoad Measure()
    {
        var (memory, maxMemory) = machine.Read();
        return new SiloLoad(
            silo.SiloAddress.ToParsableString(), lifetime.ApplicationStopping.IsCancellationRequested, limit.Count, options.Value.MaxOpenIModels,
            memory, maxMemory, owners.CallsInFlight, CallsPerSecond(), owned.Warm);
    }

    /// <summary>The load, and what makes it up.</summary>
    public SiloReport Report() => new(
        Measure(), Since, [.. pool.Workers.Select(w => new WorkerReport(w.Name, NameOf(w.State), w.Generation))], [.. owners.Statuses.Values, .. owners.Replicas]);

    private static DateTimeOffset StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }

    private static string NameOf(WorkerState state) => state switch
    {
        WorkerState.Starting => "starting",
        WorkerState.Ready => "ready",
        WorkerState.Restarting => "restarting",
        WorkerState.Draining => "draining",
        _ => "stopped",
    };

    private double CallsPerSecond()
    {
        lock (_lock)
        {
            var span = time.GetElapsedTime(_last.At);
            if (span < ShortestSpan)
                return _last.Rate;
            var calls = owned.Calls;
            _last = (time.GetTimestamp(), calls, (calls - _last.Calls) / span.TotalSeconds);
            return _last.Rate;
        }
    }
}
