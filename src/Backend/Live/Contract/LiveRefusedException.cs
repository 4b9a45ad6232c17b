namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>Nothing was done; the refusal says why.</summary>
public sealed class LiveRefusedException(LiveRefusal refusal, Exception? inner = null) : Exception(refusal.Message, inner)
{
    /// <summary>An error without details.</summary>
    public LiveRefusedException(string name, string message, int? operation = null)
        : this(new LiveRefusal(name, message, Operation: operation))
    {
    }

    /// <summary>Why.</summary>
    public LiveRefusal Refusal => refusal;
}
