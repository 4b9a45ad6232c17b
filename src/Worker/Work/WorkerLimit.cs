namespace ITwinOrleans.Worker.Work;

/// <summary>A bound of the worker's, each with a setting.</summary>
public enum WorkerLimit : byte
{
    /// <summary>The bytes of one message.</summary>
    MessageSize,

    /// <summary>The binary parts of one message, or the bytes of its texts.</summary>
    MessageShape,

    /// <summary>The calls sent and not yet answered.</summary>
    CallsInFlight,

    /// <summary>The calls that wait for the worker to be ready or to have room.</summary>
    CallsWaiting,

    /// <summary>The dedicated workers of a pool.</summary>
    DedicatedWorkers,
}
