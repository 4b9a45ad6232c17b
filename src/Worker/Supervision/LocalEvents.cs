using System.Threading.Channels;
using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>The events of an in-process worker: the same bounds and the same back pressure as over the socket.</summary>
internal sealed class LocalEvents(int capacity, int maxEventBytes) : IWorkEvents
{
    private readonly Channel<WorkEvent> _channel = Channel.CreateBounded<WorkEvent>(capacity);

    public async ValueTask PublishAsync(WorkEvent workEvent, CancellationToken cancellationToken)
    {
        OutgoingFrame.Event(workEvent).Check(maxEventBytes);
        // A copy: the publisher has its memory back when this returns, as over the socket.
        var copy = workEvent with { Generation = 1, Json = workEvent.Json.ToArray(), Binaries = [.. workEvent.Binaries.Select(Copy)] };
        try
        {
            await _channel.Writer.WriteAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The worker is ending; the event was not sent.");
        }
    }

    public IAsyncEnumerable<WorkEvent> ReadAllAsync(CancellationToken cancellationToken) => _channel.Reader.ReadAllAsync(cancellationToken);

    public void Complete() => _channel.Writer.TryComplete();

    private static ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> memory) => memory.ToArray();
}
