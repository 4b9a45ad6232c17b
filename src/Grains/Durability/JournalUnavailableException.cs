namespace ITwinOrleans.Grains.Durability;

/// <summary>The store of ownership, journal or files cannot be reached. Nothing is known to have been written; the same call may succeed later.</summary>
/// <param name="message">What could not be reached.</param>
/// <param name="inner">The cause.</param>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : DurabilityException(message, inner);
