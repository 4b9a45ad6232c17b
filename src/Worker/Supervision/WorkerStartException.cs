namespace ITwinOrleans.Worker.Supervision;

/// <summary>A process did not become a worker; the message says why.</summary>
internal sealed class WorkerStartException(string message, Exception? inner = null) : Exception(message, inner);
