namespace ITwinOrleans.Worker.Work;

/// <summary>The base of every error that a worker's caller sees (besides cancellation).</summary>
public abstract class WorkerException : Exception
{
    private protected WorkerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
