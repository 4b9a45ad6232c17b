namespace ITwinOrleans.Worker.Work;

/// <summary>Makes a worker's handler; the worker is ready when it returns.</summary>
/// <param name="events">Where the handler pushes its events.</param>
/// <param name="cancellationToken">Cancelled when the worker ends before it was ready.</param>
public delegate ValueTask<IWorkHandler> WorkHandlerFactory(IWorkEvents events, CancellationToken cancellationToken);
