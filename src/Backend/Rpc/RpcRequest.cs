using System.Text.Json;
using ITwinOrleans.Backend.IModels;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>What an operation gets: its call, its parameters, and the iModel that the call is for.</summary>
/// <param name="call">The call.</param>
/// <param name="arguments">The call's parameters, split but unread.</param>
/// <param name="iModel">The open iModel; null for a call that is for none.</param>
/// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
public sealed class RpcRequest(RpcCall call, RpcArguments arguments, IModelDb? iModel, CancellationToken cancellationToken)
{
    /// <summary>The call.</summary>
    public RpcCall Call => call;

    /// <summary>The parameters. Where the operation takes a token, that is the first.</summary>
    public RpcArguments Arguments => arguments;

    /// <summary>Cancelled when nobody waits for the answer any more.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether the call is for an open iModel.</summary>
    public bool HasIModel => iModel is not null;

    /// <summary>The open iModel that the call is for.</summary>
    /// <exception cref="RpcException">There is none, so the frontend opens it again; or the first parameter is no token.</exception>
    public IModelDb IModel => iModel ?? throw (arguments.KindOf(0) == JsonTokenType.StartObject
        ? RpcException.IModelNotFound()
        : RpcException.WrongType("The first parameter must be the iModel's token"));
}
