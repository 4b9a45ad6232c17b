namespace ITwinOrleans.Worker.Work;

/// <summary>A limit was reached. The work did not run, except where the limit is on the answer (<see cref="MayHaveRun"/>).</summary>
public sealed class WorkerOverloadedException(WorkerLimit limit, string message, bool mayHaveRun = false) : WorkerException(message)
{
    /// <summary>Which limit.</summary>
    public WorkerLimit Limit { get; } = limit;

    /// <summary>True when the work ran and its answer was too large to send.</summary>
    public bool MayHaveRun { get; } = mayHaveRun;
}
