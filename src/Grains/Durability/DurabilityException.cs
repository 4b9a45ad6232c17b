namespace ITwinOrleans.Grains.Durability;

/// <summary>The base of what ownership, journal and files refuse.</summary>
public abstract class DurabilityException : Exception
{
    private protected DurabilityException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
