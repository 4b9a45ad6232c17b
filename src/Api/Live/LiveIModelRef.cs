namespace ITwinOrleans.Api.Live;

/// <summary>An iModel that was found.</summary>
/// <param name="Key">Its key.</param>
/// <param name="IModelId">Its id, which rights are about; empty for a file that is none.</param>
/// <param name="ITwinId">Its iTwin's id, or empty.</param>
public sealed record LiveIModelRef(string Key, string IModelId, string ITwinId);
