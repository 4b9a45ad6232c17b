namespace ITwinOrleans.Worker.Work;

/// <summary>What a worker is doing.</summary>
public enum WorkerState : byte
{
    /// <summary>A process is being started; calls wait.</summary>
    Starting,

    /// <summary>It takes work.</summary>
    Ready,

    /// <summary>Its process was lost, the next start waits for its back-off; calls wait.</summary>
    Restarting,

    /// <summary>It finishes what is in flight; calls are refused.</summary>
    Draining,

    /// <summary>It ended for good; calls are refused.</summary>
    Stopped,
}
