using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Owners;

/// <summary>What an owner does at a moment.</summary>
/// <param name="Key">The iModel's file key.</param>
/// <param name="State">Whether it is open.</param>
/// <param name="Worker">The worker that has it open, or empty.</param>
/// <param name="Openings">How often it was opened.</param>
/// <param name="CallsInFlight">The calls that are running.</param>
/// <param name="CallsQueued">The calls that wait.</param>
/// <param name="LastUsed">When it was last called.</param>
/// <param name="Sessions">Who was seen lately.</param>
public sealed record IModelStatus(
    string Key, IModelState State, string Worker, int Openings, int CallsInFlight, int CallsQueued, DateTimeOffset LastUsed, IReadOnlyList<SessionInfo> Sessions)
{
    /// <summary>The epoch in which it can be written, and its newest commit; null when it is not open for writing.</summary>
    public LiveState? Writable { get; init; }

    /// <summary>How many people have it open live, to edit or to see changes at once.</summary>
    public int People { get; init; }

    /// <summary>Whether a write waits or runs.</summary>
    public bool IsWriting { get; init; }

    /// <summary>Whether it is a replica of a fixed version, beside the owner on another silo.</summary>
    public bool IsReplica { get; init; }
}
