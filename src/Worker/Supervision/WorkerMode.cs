namespace ITwinOrleans.Worker.Supervision;

/// <summary>Where work runs.</summary>
public enum WorkerMode
{
    /// <summary>In processes of their own: a crash in native code costs one worker.</summary>
    Process,

    /// <summary>In this process, in one engine: nothing is supervised, a crash in native code ends the process.</summary>
    InProcess,
}
