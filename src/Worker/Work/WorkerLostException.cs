namespace ITwinOrleans.Worker.Work;

/// <summary>The worker that had, or would have had, the work is gone.</summary>
public sealed class WorkerLostException : WorkerException
{
    /// <summary>Creates the error.</summary>
    public WorkerLostException(WorkerLossReason reason, bool mayHaveRun, string message, int generation = 0, Exception? inner = null)
        : base(message, inner)
    {
        Reason = reason;
        MayHaveRun = mayHaveRun;
        Generation = generation;
    }

    /// <summary>Why it is gone.</summary>
    public WorkerLossReason Reason { get; }

    /// <summary>
    /// False: no byte of the request was sent, a retry is safe. True: the outcome is unknown, the work may have run in whole or in part;
    /// retry only what is idempotent.
    /// </summary>
    public bool MayHaveRun { get; }

    /// <summary>The generation that was lost; what was open in it has to be opened again.</summary>
    public int Generation { get; }
}
