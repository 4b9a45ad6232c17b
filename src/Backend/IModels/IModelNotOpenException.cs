namespace ITwinOrleans.Backend.IModels;

/// <summary>An iModel is not open in this process (any more): nothing ran, open it again and repeat.</summary>
public sealed class IModelNotOpenException(string handle) : Exception($"The iModel {handle} is not open in this process");
