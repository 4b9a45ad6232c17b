namespace ITwinOrleans.Worker.Work;

/// <summary>Why a worker could not answer.</summary>
public enum WorkerLossReason : byte
{
    /// <summary>Its process ended by itself: an exit, an abort, a crash in native code, a signal from outside.</summary>
    Died,

    /// <summary>It or its engine did not answer within the hang limit and was killed.</summary>
    Hung,

    /// <summary>It used more memory than its ceiling and was killed.</summary>
    MemoryExceeded,

    /// <summary>It broke the protocol and was killed.</summary>
    ProtocolBroken,

    /// <summary>It did not become ready.</summary>
    StartFailed,

    /// <summary>It was told to stop: it is draining, or stopped.</summary>
    Stopped,
}
