namespace ITwinOrleans.Grains.Owners;

/// <summary>A bound was reached; the call did not run. The same call may succeed later.</summary>
/// <remarks>At the edge this is a transient status (429 or 503) with <c>Retry-After</c>, which frontends honour by themselves.</remarks>
public sealed class IModelBusyException : Exception
{
    private const string RetryAfterKey = "RetryAfterTicks", MovingKey = "IsMoving";

    /// <summary>Creates the refusal.</summary>
    /// <param name="message">Which bound was reached, free of inside knowledge.</param>
    /// <param name="retryAfter">How long the caller should wait.</param>
    /// <param name="inner">The cause.</param>
    /// <param name="isMoving">Whether another silo will have the iModel.</param>
    public IModelBusyException(string message, TimeSpan retryAfter, Exception? inner = null, bool isMoving = false)
        : base(message, inner)
    {
        // Exception.Data is what crosses to another silo's or Api's process.
        Data[RetryAfterKey] = retryAfter.Ticks;
        if (isMoving)
            Data[MovingKey] = true;
    }

    /// <summary>Whether the owner or its silo is on the way out: the same call, asked again at once, goes to the next owner.</summary>
    public bool IsMoving => Data[MovingKey] is true;

    /// <summary>How long the caller should wait.</summary>
    public TimeSpan RetryAfter => Data[RetryAfterKey] is long ticks ? TimeSpan.FromTicks(ticks) : TimeSpan.FromSeconds(1);
}
