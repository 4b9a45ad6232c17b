using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>A request that has no answer yet. It keeps its place in flight until the worker answers, even when nobody waits any more.</summary>
internal sealed class PendingCall(ulong id, OutgoingFrame frame) : TaskCompletionSource<WorkResponse>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public ulong Id { get; } = id;

    public OutgoingFrame Frame { get; } = frame;

    /// <summary>Hands over an answer, or gives its memory back when nobody waits for it.</summary>
    public void Complete(MessageBody message, PooledBuffer body)
    {
        var response = new WorkResponse { Json = message.Json, Binaries = message.Binaries, Owner = body };
        if (!TrySetResult(response))
            response.Dispose();
    }
}
