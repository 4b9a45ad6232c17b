using System.Collections.Concurrent;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>What happened in the engines of a test, and the gates that hold them.</summary>
public sealed class EngineLog
{
    private readonly ConcurrentQueue<string> _lines = new();
    private int _payloads, _released, _doublyReleased;

    /// <summary>Lets held operations (queryRows, insertElement) go on.</summary>
    public Gate Hold { get; } = new(open: false);

    /// <summary>Lets openings go on.</summary>
    public Gate OpenGate { get; } = new(open: true);

    /// <summary>Lets the describing of <see cref="SlowFile"/> go on.</summary>
    public Gate DescribeGate { get; } = new(open: false);

    /// <summary>The key of a file that is described only when <see cref="DescribeGate"/> opens.</summary>
    public string? SlowFile { get; set; }

    /// <summary>The error that describing a key ends with, if any.</summary>
    public Func<string, Exception?>? DescribeFault { get; set; }

    /// <summary>Payloads that were made and not released.</summary>
    public int LivePayloads => Volatile.Read(ref _payloads) - Volatile.Read(ref _released);

    public int Payloads => Volatile.Read(ref _payloads);

    public int DoublyReleased => Volatile.Read(ref _doublyReleased);

    public IReadOnlyList<string> Lines => [.. _lines];

    public int Count(string line) => _lines.Count(l => l == line);

    public void Opening(string key) => _lines.Enqueue("opening " + key);

    public void Opened(string key) => _lines.Enqueue("opened " + key);

    public void Closed(string key) => _lines.Enqueue("closed " + key);

    public void Described(string key) => _lines.Enqueue("described " + key);

    public void Invoked(string operation) => _lines.Enqueue("invoked " + operation);

    public Task WhenAsync(string line, int times = 1) => Waiting.Until(() => Count(line) >= times, $"\"{line}\", {times} times");

    public IDisposable NewPayload()
    {
        Interlocked.Increment(ref _payloads);
        return new Payload(this);
    }

    /// <summary>A door that is opened or shut.</summary>
    public sealed class Gate(bool open)
    {
        private TaskCompletionSource _opened = Make(open);

        public Task WaitAsync(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken);

        public void Open() => _opened.TrySetResult();

        public void Shut() => _opened = Make(false);

        private static TaskCompletionSource Make(bool open)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (open)
                source.SetResult();
            return source;
        }
    }

    private sealed class Payload(EngineLog log) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Increment(ref _disposed) == 1)
                Interlocked.Increment(ref log._released);
            else
                Interlocked.Increment(ref log._doublyReleased);
        }
    }
}
