using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>A worker's state: changes reach subscribers in order, from one thread at a time, and none after the last.</summary>
internal sealed class StateNotifier(IWorker worker, Action<Exception> onSubscriberFailed)
{
    private readonly Lock _sync = new();
    private volatile WorkerState _current = WorkerState.Starting;

    public event Action<WorkerStateChange>? Changed;

    public WorkerState Current => _current;

    public void Set(WorkerState state, int generation, WorkerLossReason? loss = null)
    {
        lock (_sync)
        {
            // A stop is not undone by a start that was on its way.
            if (_current == WorkerState.Stopped || (_current == WorkerState.Draining && state != WorkerState.Stopped))
                return;
            _current = state;
            try
            {
                Changed?.Invoke(new WorkerStateChange(worker, state, generation, loss));
            }
            catch (Exception e)
            {
                onSubscriberFailed(e);
            }
        }
    }
}
