using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>Why a generation of a worker ended.</summary>
internal sealed record WorkerLoss(WorkerLossReason Reason, string Message)
{
    public WorkerLostException ToException(string worker, int generation, bool mayHaveRun) => new(
        Reason, mayHaveRun,
        $"Worker {worker} is lost: {Message} {(mayHaveRun ? "The call was in flight; it may have run." : "The call was not sent.")}",
        generation);
}
