using ITwinOrleans.Api.Security;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Which iModel a request's URL names. Every part may be empty: an URL of only an operation is a good one.</summary>
/// <param name="ITwinId">The iTwin's id, or empty.</param>
/// <param name="IModelId">The iModel's id; <c>undefined</c> where a frontend opens a snapshot by file key; or empty.</param>
/// <param name="ChangesetId">The changeset's id; empty for the first version (<c>0</c> in the URL) and where the URL has none.</param>
public sealed record RpcTarget(string ITwinId, string IModelId, string ChangesetId)
{
    /// <summary>What the caller may do; ask it about the iModel that was resolved, not only about the one in the URL.</summary>
    public IIModelAccess Access { get; init; } = FullAccess.Instance;
}
