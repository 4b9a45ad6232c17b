namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>No silo could be reached for longer than a caller is kept waiting.</summary>
/// <param name="inner">The last failure.</param>
internal sealed class UnreachableException(Exception inner) : Exception("No silo could be reached.", inner);
