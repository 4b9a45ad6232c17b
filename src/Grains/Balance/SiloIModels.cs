using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Balance;

/// <summary>A silo and what it owns.</summary>
/// <param name="Load">How busy it is.</param>
/// <param name="IModels">What its owners do.</param>
public sealed record SiloIModels(SiloLoad Load, IReadOnlyList<IModelStatus> IModels);
