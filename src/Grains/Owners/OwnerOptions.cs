namespace ITwinOrleans.Grains.Owners;

/// <summary>Settings of the owners of open iModels. Every bound has a clear refusal behind it.</summary>
public sealed class OwnerOptions
{
    /// <summary>How many iModels one silo has open at once. One more closes the one that was not used for longest.</summary>
    public int MaxOpenIModels { get; set; } = 64;

    /// <summary>After how long without a call an iModel is closed. The next call opens it again.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many calls of one iModel are in its worker at once. Keeps one iModel from filling the queue of a worker that it shares.</summary>
    public int MaxConcurrentCalls { get; set; } = 32;

    /// <summary>How many more calls of one iModel wait. One more is refused with <see cref="IModelBusyException"/>.</summary>
    public int MaxQueuedCalls { get; set; } = 4096;

    /// <summary>
    /// How many calls of a fixed version run or wait at its owner when another silo begins to serve it, too; 0 for never. So many silos serve it at most as there are.
    /// </summary>
    public int ReplicaCalls { get; set; } = 32;

    /// <summary>How often a call is sent again after its worker was lost: any call that cannot have run, and reads that may have.</summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>How long a call may take, with waiting and retries. Orleans' response timeout has to be longer.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an opening may take, with waiting for a worker to start.</summary>
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an opening waits for another iModel to become idle when all that may be open are in use.</summary>
    public TimeSpan OpenPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a closing waits for calls in flight (of a file that was replaced, or of a silo that stops).</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many sessions of one iModel are kept; beyond it the one that was not seen for longest is forgotten.</summary>
    public int MaxSessions { get; set; } = 1000;

    /// <summary>After how long without a call a session counts as gone.</summary>
    public TimeSpan SessionTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What a refused client is told to wait.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}
