namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>A position in a write-ahead log, after a commit.</summary>
/// <param name="Salt">The log's generation; 0 before there is one.</param>
/// <param name="Offset">Bytes from the start of the log.</param>
/// <param name="Checksum">The running checksum there.</param>
internal readonly record struct WalPosition(ulong Salt, long Offset, WalChecksum Checksum);
