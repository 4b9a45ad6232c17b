using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;

namespace ITwinOrleans.Api.Hosting;

/// <summary>The seam's implementation over the grains: each call goes to the owner of the iModel that its token names.</summary>
internal sealed class GrainRouter(RpcGateway gateway) : IRpcRouter
{
    /// <inheritdoc/>
    public async ValueTask<RpcReply> InvokeAsync(RpcCall call, RpcTarget target, CancellationToken cancellationToken)
    {
        // A frontend that opens a snapshot by its file key knows no id yet.
        IModelToken? url = target.IModelId is "" or "undefined" ? null : new IModelToken(null, target.ITwinId, target.IModelId, target.ChangesetId);
        IIModelAccess access = target.Access;
        Func<CatalogEntry, bool>? mayUse = ReferenceEquals(access, FullAccess.Instance)
            ? null
            : entry => access.Allows(entry.Description!.IModelId, IModelRight.Read);
        try
        {
            return await gateway.InvokeAsync(call, url, mayUse, cancellationToken).ConfigureAwait(false);
        }
        catch (IModelBusyException busy)
        {
            throw new RpcBusyException(busy.Message, busy.RetryAfter);
        }
    }
}
