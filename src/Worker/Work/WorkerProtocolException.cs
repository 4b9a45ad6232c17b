namespace ITwinOrleans.Worker.Work;

/// <summary>The other side sent something that the protocol does not allow, or speaks another version of it.</summary>
public sealed class WorkerProtocolException(string message, Exception? inner = null) : WorkerException(message, inner);
