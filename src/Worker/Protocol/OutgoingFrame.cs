using System.Text;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>A message on its way out: its parts stay in their owner's memory until they are written.</summary>
internal sealed class OutgoingFrame
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? _owner;

    private OutgoingFrame(FrameKind kind, ushort flags, ulong id, MessageBody body, IDisposable? owner)
    {
        Kind = kind;
        Flags = flags;
        Id = id;
        Body = body;
        _owner = owner;
        Text1Bytes = Encoding.UTF8.GetByteCount(body.Text1);
        Text2Bytes = Encoding.UTF8.GetByteCount(body.Text2);
        Length = MessageBody.PrefixBytes(Text1Bytes, Text2Bytes, body.Binaries.Count) + (long)body.Json.Length;
        for (var i = 0; i < body.Binaries.Count; i++)
            Length += body.Binaries[i].Length;
    }

    public FrameKind Kind { get; }

    public ushort Flags { get; }

    public ulong Id { get; }

    public MessageBody Body { get; }

    public int Text1Bytes { get; }

    public int Text2Bytes { get; }

    /// <summary>The body's length, in bytes.</summary>
    public long Length { get; }

    /// <summary>Where it begins in the stream of all bytes sent; set when it is queued.</summary>
    public long StartOffset { get; set; } = long.MaxValue;

    /// <summary>Completes when its memory is no longer needed: it was written, or never will be.</summary>
    public Task Written => _written.Task;

    public static OutgoingFrame Request(ulong id, WorkRequest request) =>
        new(FrameKind.Request, 0, id, new(request.Operation, request.CorrelationId, request.Json, request.Binaries), null);

    /// <param name="id">The request's id.</param>
    /// <param name="response">The answer.</param>
    /// <param name="owner">What is disposed when the answer's memory is no longer needed.</param>
    public static OutgoingFrame Response(ulong id, WorkResponse response, IDisposable owner) =>
        new(FrameKind.Response, 0, id, new("", "", response.Json, response.Binaries), owner);

    public static OutgoingFrame Error(ulong id, ErrorCode code, string name, string message, ReadOnlyMemory<byte> details = default) =>
        new(FrameKind.Error, (ushort)code, id, new(Shorten(name, 1_000), Shorten(message, 20_000), details, []), null);

    public static OutgoingFrame Event(WorkEvent workEvent) =>
        new(FrameKind.Event, 0, 0, new(workEvent.Topic, workEvent.CorrelationId, workEvent.Json, workEvent.Binaries), null);

    /// <summary>Throws unless the message fits the protocol's fields and the limit.</summary>
    public void Check(int maxBytes)
    {
        if (Text1Bytes > WorkRequest.MaxOperationBytes || Text2Bytes > WorkRequest.MaxOperationBytes)
        {
            throw new WorkerOverloadedException(WorkerLimit.MessageShape,
                $"A name or correlation id is longer than {WorkRequest.MaxOperationBytes} bytes.");
        }
        if (Body.Binaries.Count > WorkRequest.MaxBinaries)
        {
            throw new WorkerOverloadedException(WorkerLimit.MessageShape,
                $"The message has {Body.Binaries.Count} binary parts; {WorkRequest.MaxBinaries} are allowed.");
        }
        if (Length > maxBytes)
        {
            throw new WorkerOverloadedException(WorkerLimit.MessageSize,
                $"The message has {Length} bytes; {maxBytes} are allowed.");
        }
    }

    /// <summary>Gives the memory back, once.</summary>
    public void Complete()
    {
        Interlocked.Exchange(ref _owner, null)?.Dispose();
        _written.TrySetResult();
    }

    // The field holds 65,535 bytes; a UTF-16 unit becomes at most three.
    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
