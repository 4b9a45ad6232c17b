using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Workers;

/// <summary>What the silo asks of its pool.</summary>
internal static class WorkerPoolExtensions
{
    /// <summary>A worker for what belongs to no iModel: one that runs already if there is one, since each is a process with its own memory.</summary>
    public static IWorker AnyWorker(this IWorkerPool pool) => pool.Workers is [var first, ..] ? first : pool.GetWorker("");
}
