using System.Threading.Channels;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The worker's events on their way out: in order, a bounded number waiting, each sent only when the owner has granted a credit.</summary>
internal sealed class EventSender : IWorkEvents
{
    private const int QueueLength = 64;

    // What an owner that reads no events costs an orderly end.
    private static readonly TimeSpan FinishTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<OutgoingFrame> _queue = Channel.CreateBounded<OutgoingFrame>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _credits = new(0);
    private readonly FrameWriter _writer;
    private readonly ProtocolLimits _limits;
    private CancellationToken _ended;

    public EventSender(FrameWriter writer, ProtocolLimits limits)
    {
        _writer = writer;
        _limits = limits;
    }

    public async ValueTask PublishAsync(WorkEvent workEvent, CancellationToken cancellationToken)
    {
        var frame = OutgoingFrame.Event(workEvent);
        frame.Check(_limits.MaxEventBytes);
        try
        {
            await _queue.Writer.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The worker is ending; the event was not sent.");
        }
    }

    /// <summary>Lets further events go out.</summary>
    /// <exception cref="WorkerProtocolException">The owner grants more than it may.</exception>
    public void AddCredits(ulong credits)
    {
        if (credits == 0 || credits > (ulong)Math.Max(0, _limits.EventCredits - _credits.CurrentCount))
            throw new WorkerProtocolException($"The owner granted {credits} event credits, more than it has taken.");
        _credits.Release((int)credits);
    }

    /// <summary>Sends until <see cref="FinishAsync"/> has let the last one out, or the connection ended.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        _ended = ended;
        try
        {
            await foreach (var frame in _queue.Reader.ReadAllAsync(ended).ConfigureAwait(false))
            {
                await _credits.WaitAsync(ended).ConfigureAwait(false);
                if (!_writer.TrySend(frame, expectMore: _queue.Reader.Count > 0))
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ended: nobody is there to take events.
        }
        finally
        {
            _queue.Writer.TryComplete();
            _finished.TrySetResult();
        }
    }

    /// <summary>Takes no more events and waits, for a while, until those waiting are sent.</summary>
    public async Task FinishAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAny(_finished.Task, Task.Delay(FinishTimeout, _ended)).ConfigureAwait(false);
    }
}
