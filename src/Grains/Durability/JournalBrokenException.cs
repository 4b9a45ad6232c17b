namespace ITwinOrleans.Grains.Durability;

/// <summary>The journal cannot follow the file any more: its write-ahead log was started over by somebody else, and commits that were not acknowledged may be
/// missing. This journal takes no more; opening the iModel anew (next epoch) goes on from the last acknowledged state.</summary>
/// <param name="message">What happened.</param>
/// <param name="inner">The cause.</param>
public sealed class JournalBrokenException(string message, Exception? inner = null) : DurabilityException(message, inner);
