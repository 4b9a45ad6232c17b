namespace ITwinOrleans.Worker.Work;

/// <summary>Something that happened in a worker and that nobody asked for: a commit, a log message, progress.</summary>
/// <remarks>Its memory belongs to the event and needs no disposal.</remarks>
public sealed record WorkEvent
{
    /// <summary>What happened; at most <see cref="WorkRequest.MaxOperationBytes"/> bytes of UTF-8.</summary>
    public required string Topic { get; init; }

    /// <summary>The details: UTF-8 JSON, or empty.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Binary details, in the order that the JSON refers to them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Binaries { get; init; } = [];

    /// <summary>The correlation id of the activity that caused it, or empty.</summary>
    public string CorrelationId { get; init; } = "";

    /// <summary>The incarnation of the worker that it came from (<see cref="IWorker.Generation"/>); set on receipt.</summary>
    public int Generation { get; init; }
}
