namespace ITwinOrleans.Grains.Catalog;

/// <summary>How a frontend names an iModel (iTwin.js <c>IModelRpcProps</c>): by key, by ids, or both.</summary>
/// <param name="Key">A file key, or <c>{iModelId}:{changesetId}</c> for a checkpoint, or nothing.</param>
/// <param name="ITwinId">The iTwin's id, or nothing.</param>
/// <param name="IModelId">The iModel's id, or nothing.</param>
/// <param name="ChangesetId">The changeset's id; nothing (or <c>0</c>, as URLs have it) for the first version.</param>
public sealed record IModelToken(string? Key = null, string? ITwinId = null, string? IModelId = null, string? ChangesetId = null)
{
    /// <summary>The key if it is a file key, which has no colon; null when the ids decide.</summary>
    public string? FileKey => Key is { Length: > 0 } key && !key.Contains(':') ? key : null;
}
