namespace ITwinOrleans.Samples.Plant;

/// <summary>What was made.</summary>
/// <param name="IModelId">The iModel's id, the same in every run.</param>
/// <param name="Models">How many physical models.</param>
/// <param name="Elements">How many physical elements.</param>
public sealed record PlantSummary(string IModelId, int Models, int Elements);
