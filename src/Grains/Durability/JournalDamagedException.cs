namespace ITwinOrleans.Grains.Durability;

/// <summary>What is stored of an iModel does not fit together: a checksum is wrong or a part is missing.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">The cause.</param>
public sealed class JournalDamagedException(string message, Exception? inner = null) : DurabilityException(message, inner);
