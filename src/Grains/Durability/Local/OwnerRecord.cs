namespace ITwinOrleans.Grains.Durability.Local;

/// <summary>The small file beside an iModel that keeps its epoch (<c>.owner</c>).</summary>
internal sealed record OwnerRecord(long Epoch, string Name, string Address, int ProcessId, DateTimeOffset Taken, bool Released);
