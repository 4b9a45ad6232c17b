namespace ITwinOrleans.Worker.Work;

/// <summary>One piece of work for a worker: a named operation with one JSON part and any number of binary parts.</summary>
/// <remarks>
/// The caller keeps the memory unchanged until the call completes. On the handler's side it is valid until the response is disposed
/// (so a response may refer to its request's memory), or until the handler's task fails.
/// </remarks>
public sealed record WorkRequest
{
    /// <summary>The operation's name; the handler knows which there are. At most <see cref="MaxOperationBytes"/> bytes of UTF-8.</summary>
    public required string Operation { get; init; }

    /// <summary>The parameters: UTF-8 JSON, passed on unread. Empty when the operation takes none.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Binary parameters, in the order that the JSON refers to them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Binaries { get; init; } = [];

    /// <summary>The correlation id of the activity that this work belongs to, for logs and traces; at most <see cref="MaxOperationBytes"/> bytes of UTF-8.</summary>
    public string CorrelationId { get; init; } = "";

    /// <summary>The longest operation name or correlation id, in bytes of UTF-8.</summary>
    public const int MaxOperationBytes = 1024;

    /// <summary>The most binary parts of one message.</summary>
    public const int MaxBinaries = 4096;
}
