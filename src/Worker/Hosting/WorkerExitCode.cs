namespace ITwinOrleans.Worker.Hosting;

/// <summary>How a worker process ends by itself.</summary>
public enum WorkerExitCode
{
    /// <summary>It was drained.</summary>
    Drained = 0,

    /// <summary>Its handler could not be made, or its end failed.</summary>
    HandlerFailed = 1,

    /// <summary>It was started with a wrong command line.</summary>
    BadCommandLine = 2,

    /// <summary>The process that started it is gone.</summary>
    OwnerGone = 3,

    /// <summary>The owner refused it, or one side broke the protocol.</summary>
    ProtocolBroken = 4,
}
