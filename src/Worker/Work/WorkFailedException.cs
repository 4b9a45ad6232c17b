namespace ITwinOrleans.Worker.Work;

/// <summary>The work itself failed: a domain error, carried over the process border as a name, a message and JSON.</summary>
/// <remarks>Handlers throw it to say what failed; any other exception of a handler arrives as one named <see cref="InternalError"/>.</remarks>
public sealed class WorkFailedException : WorkerException
{
    /// <summary>The name of an error that the handler did not foresee.</summary>
    public const string InternalError = "InternalError";

    /// <summary>Creates the error.</summary>
    /// <param name="name">The error's name, by which callers tell errors apart.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="details">UTF-8 JSON with more, or empty. The exception keeps it: not pooled memory.</param>
    /// <param name="inner">The cause, seen on the handler's side only.</param>
    public WorkFailedException(string name, string message, ReadOnlyMemory<byte> details = default, Exception? inner = null)
        : base(message, inner)
    {
        Name = name;
        Details = details;
    }

    /// <summary>The error's name.</summary>
    public string Name { get; }

    /// <summary>UTF-8 JSON with more about the error, or empty.</summary>
    public ReadOnlyMemory<byte> Details { get; }
}
