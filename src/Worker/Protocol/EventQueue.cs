using System.Threading.Channels;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The owner's end of a worker's events, across the worker's generations: what is read is granted anew.</summary>
/// <remarks>Credits granted and events queued together never exceed the capacity.</remarks>
internal sealed class EventQueue(int capacity)
{
    private readonly Lock _sync = new();
    private readonly Channel<WorkEvent> _channel =
        Channel.CreateBounded<WorkEvent>(new BoundedChannelOptions(capacity) { SingleReader = true, AllowSynchronousContinuations = false });

    private Action<int>? _grant;
    private int _generation;
    private int _queued;
    private int _taken;
    private int _reading;

    /// <summary>Makes a generation the one whose events are taken.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="grant">Sends it credits.</param>
    /// <returns>The credits that it begins with.</returns>
    public int Attach(int generation, Action<int> grant)
    {
        lock (_sync)
        {
            _generation = generation;
            _grant = grant;
            _taken = 0;
            return capacity - _queued;
        }
    }

    /// <summary>Takes an event.</summary>
    /// <exception cref="WorkerProtocolException">The worker sent it without a credit.</exception>
    public void Add(WorkEvent workEvent)
    {
        lock (_sync)
        {
            if (workEvent.Generation != _generation)
                return;
            if (!_channel.Writer.TryWrite(workEvent))
            {
                if (_queued < capacity)
                    return; // completed: nobody reads any more
                throw new WorkerProtocolException("The worker sent an event without a credit for it.");
            }
            _queued++;
        }
    }

    /// <summary>Ends the stream after the events that are queued.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    public async IAsyncEnumerable<WorkEvent> ReadAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _reading, 1, 0) != 0)
            throw new InvalidOperationException("The worker's events are being read already; there is one reader at a time.");
        try
        {
            await foreach (var workEvent in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                Taken();
                yield return workEvent;
            }
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    // In batches, so that a busy stream does not cost a frame per event.
    private void Taken()
    {
        lock (_sync)
        {
            _queued--;
            _taken++;
            if (_taken < capacity / 4 && _queued > 0)
                return;
            _grant?.Invoke(_taken);
            _taken = 0;
        }
    }
}
