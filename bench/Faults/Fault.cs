namespace ITwinOrleans.Faults.Bench;

/// <summary>What happens to a silo.</summary>
internal enum Fault
{
    /// <summary>It ends at once (SIGKILL).</summary>
    Kill,

    /// <summary>It stands still (SIGSTOP), and goes on when others have its iModels.</summary>
    Stop,

    /// <summary>It is told to end (SIGTERM).</summary>
    Terminate,
}
