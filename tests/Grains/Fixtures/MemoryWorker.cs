using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>A worker whose processes are handlers in memory, which a test can kill: calls in flight are lost, what was open is gone.</summary>
public sealed class MemoryWorker(string name, Func<IWorkHandler> makeHandler) : IWorker
{
    private readonly Lock _lock = new();
    private Life _life = new(1, makeHandler());

    public string Name => name;

    public WorkerState State { get; private set; } = WorkerState.Ready;

    public int Generation => _life.Generation;

    public event Action<WorkerStateChange>? StateChanged;

    public async Task<WorkResponse> CallAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        var life = _life;
        if (State == WorkerState.Stopped)
            throw new WorkerLostException(WorkerLossReason.Stopped, mayHaveRun: false, "stopped", life.Generation);
        var answer = RunAsync(life, request, cancellationToken);
        var lost = life.Lost.Task;
        if (await Task.WhenAny(answer, lost).WaitAsync(cancellationToken) == answer)
            return await answer;
        _ = answer.ContinueWith(static t => t.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        throw new WorkerLostException(WorkerLossReason.Died, mayHaveRun: true, "killed", life.Generation);
    }

    private static async Task<WorkResponse> RunAsync(Life life, WorkRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await life.Handler.RunAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is not (WorkerException or OperationCanceledException))
        {
            throw new WorkFailedException(WorkFailedException.InternalError, exception.Message, inner: exception);
        }
    }

    public void Kill()
    {
        Life old;
        lock (_lock)
        {
            old = _life;
            _life = new Life(old.Generation + 1, makeHandler());
        }

        old.Lost.SetResult();
        StateChanged?.Invoke(new WorkerStateChange(this, WorkerState.Ready, Generation, WorkerLossReason.Died));
    }

    public async IAsyncEnumerable<WorkEvent> ReadEventsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public Task DrainAsync(CancellationToken cancellationToken)
    {
        State = WorkerState.Stopped;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _life.Handler.DisposeAsync();

    private sealed record Life(int Generation, IWorkHandler Handler)
    {
        public TaskCompletionSource Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
