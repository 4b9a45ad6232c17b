using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Routing;

/// <summary>Brings each call to where it belongs: to the owner of the iModel that its token names, or to any server process.</summary>
/// <remarks>
/// The token in the parameters decides, as in iTwin.js; what the URL says only fills in for a token without ids. The token is the one thing of a
/// call's parameters that is read before the operation itself reads them.
/// </remarks>
public sealed class RpcGateway(IModelCatalog catalog, IIModelCluster cluster)
{
    /// <summary>How soon to ask again for what may be in a file that could not be read just now.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private const string Snapshot = "SnapshotIModelRpcInterface", DevTools = "DevToolsRpcInterface";

    /// <summary>Runs one call.</summary>
    /// <param name="call">The call; its bytes may not change any more.</param>
    /// <param name="url">What the URL says, or null.</param>
    /// <param name="mayUse">Asked about the iModel that was found, before anything runs; null lets everybody.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <returns>The reply, which the caller disposes. An iModel that is not there, or not for this caller, is <see cref="RpcStatus.NotFound"/>.</returns>
    /// <exception cref="IModelBusyException">A bound was reached; nothing ran.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<RpcReply> InvokeAsync(
        RpcCall call, IModelToken? url, Func<CatalogEntry, bool>? mayUse, CancellationToken cancellationToken)
    {
        // Tools ask about processes. Frontends send the token of the iModel at hand along, but expect an answer without one, too.
        if (call.Interface == DevTools)
            return await cluster.InvokeOnServerAsync(call, cancellationToken).ConfigureAwait(false);

        var argument = RpcArgument.Read(call.Parameters);
        var opens = call.Interface == Snapshot && call.Operation is "openRemote" or "openFile";
        if (argument.Token is null && !opens)
            return await cluster.InvokeOnServerAsync(call, cancellationToken).ConfigureAwait(false);

        var entry = opens ? FindSnapshot(argument.Text) : await FindAsync(Complete(argument.Token!, url), cancellationToken).ConfigureAwait(false);
        if (entry is null || !await IsAllowedAsync(entry, mayUse, cancellationToken).ConfigureAwait(false))
            return Replies.NotFound();
        if (call is { Interface: Snapshot, Operation: "close" })
            return await EndSessionAsync(entry.Key, call.Activity.SessionId).ConfigureAwait(false);
        return await cluster.InvokeAsync(entry.Key, call, cancellationToken).ConfigureAwait(false);
    }

    // openRemote names a file key; openFile a file name, of which only the part that can be a key means anything here.
    private CatalogEntry? FindSnapshot(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return null;
        return catalog.Find(name) ?? catalog.Find(Path.GetFileName(name));
    }

    private async ValueTask<CatalogEntry?> FindAsync(IModelToken token, CancellationToken cancellationToken)
    {
        var entry = await catalog.FindAsync(token, cancellationToken).ConfigureAwait(false);
        return entry is null && token.FileKey is null && !catalog.IsRead
            ? throw new IModelBusyException("Not all files could be read just now.", Soon)
            : entry;
    }

    private static IModelToken Complete(IModelToken token, IModelToken? url) =>
        url is null || token.IModelId is not null ? token : token with { ITwinId = url.ITwinId, IModelId = url.IModelId, ChangesetId = url.ChangesetId };

    private async ValueTask<bool> IsAllowedAsync(CatalogEntry entry, Func<CatalogEntry, bool>? mayUse, CancellationToken cancellationToken)
    {
        if (mayUse is null)
            return true;

        // Rights are about ids, so the file has to have been read.
        var read = await catalog.FindReadAsync(entry.Key, cancellationToken).ConfigureAwait(false);
        if (read is { State: CatalogState.Unread })
            throw new IModelBusyException("The file could not be read just now.", Soon);
        return read is { Description: not null } && mayUse(read);
    }

    // The iModel stays open: others may be using it, and it is closed when it is idle.
    private async ValueTask<RpcReply> EndSessionAsync(string key, string sessionId)
    {
        await cluster.EndSessionAsync(key, sessionId).ConfigureAwait(false);
        return new RpcReply { Status = RpcStatus.Resolved, Json = "true"u8.ToArray() };
    }
}
