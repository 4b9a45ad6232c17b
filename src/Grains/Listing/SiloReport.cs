using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Listing;

/// <summary>What a silo says of itself.</summary>
/// <param name="Load">How busy it is.</param>
/// <param name="Since">When its process started.</param>
/// <param name="Workers">Its workers.</param>
/// <param name="IModels">What its owners do; an owner may have its iModel closed.</param>
public sealed record SiloReport(SiloLoad Load, DateTimeOffset Since, IReadOnlyList<WorkerReport> Workers, IReadOnlyList<IModelStatus> IModels);
