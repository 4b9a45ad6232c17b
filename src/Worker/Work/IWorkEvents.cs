namespace ITwinOrleans.Worker.Work;

/// <summary>Where a handler pushes its events.</summary>
public interface IWorkEvents
{
    /// <summary>Hands an event to the worker's owner. Events of one publisher arrive in order and none is dropped while the worker lives.</summary>
    /// <remarks>Waits while the owner has not taken earlier events (back pressure). Do not await it on an engine thread that other work needs.</remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled or the worker is ending: the event was not sent.</exception>
    /// <exception cref="WorkerOverloadedException">The event is larger than the largest message.</exception>
    ValueTask PublishAsync(WorkEvent workEvent, CancellationToken cancellationToken);
}
