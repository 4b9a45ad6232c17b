namespace ITwinOrleans.Worker.Work;

/// <summary>The work that a worker runs: the backend's operations beside their engine.</summary>
/// <remarks>Called concurrently from any thread; it orders its own work. Disposed once, after the last call has ended.</remarks>
public interface IWorkHandler : IAsyncDisposable
{
    /// <summary>Runs one piece of work.</summary>
    /// <param name="request">The work; its memory is valid until the response is disposed or the task fails.</param>
    /// <param name="cancellationToken">Cancelled when the caller gave up or is gone. The handler may finish anyway.</param>
    /// <returns>The result. The worker disposes it exactly once, after it is written, whether or not anyone still wants it.</returns>
    /// <exception cref="WorkFailedException">A domain error: reaches the caller as it is. Any other exception arrives as one with the name <c>InternalError</c>.</exception>
    ValueTask<WorkResponse> RunAsync(WorkRequest request, CancellationToken cancellationToken);

    /// <summary>The engine's heartbeat: completes once the engine has run something trivial, so that a hung engine is noticed.</summary>
    /// <remarks>Must take its turn where the work takes its turn (the engine thread). One that does not complete within the hang limit costs the worker its life.</remarks>
    ValueTask HeartbeatAsync(CancellationToken cancellationToken);
}
