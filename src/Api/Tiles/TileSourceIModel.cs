namespace ITwinOrleans.Api.Tiles;

/// <summary>An iModel whose tiles may be cached.</summary>
/// <param name="Key">The key that opens it.</param>
/// <param name="ITwinId">The iTwin's id, or empty.</param>
/// <param name="IModelId">The iModel's id.</param>
/// <param name="ChangesetId">The changeset's id; empty for the first version.</param>
/// <param name="Version">Changes when the file is replaced, under whatever ids; of letters, digits, <c>-</c> and <c>_</c>.</param>
public sealed record TileSourceIModel(string Key, string ITwinId, string IModelId, string ChangesetId, string Version);
