using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Queries;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Backend.Views;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Reading;

/// <summary>iTwin.js's <c>IModelReadRpcInterface</c>: what frontends read of an iModel. The first parameter of every operation is the token.</summary>
[RpcInterface("IModelReadRpcInterface", "3.8.0")]
public sealed class IModelReadRpc(BackendOptions options) : RpcInterface
{
    /// <summary>Connects to an iModel: (token).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Shared, IsRepeatable = true)]
    public Task<RpcReply> GetConnectionProps(RpcRequest request)
    {
        ReadOnlyMemory<byte> token = request.Arguments.GetObject(0, "token");
        if (IsEmpty(token, "iModelId"u8) || IsEmpty(token, "iTwinId"u8) || JsonSlices.Property(token, "changeset"u8).IsEmpty)
            throw RpcException.Numbered((int)IModelStatus.BadArg, "invalid arguments");
        return Task.FromResult(RpcResult.Json(request.IModel.Connection.Json));
    }

    /// <summary>The sub-categories of categories: (token, compressed ids).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public Task<RpcReply> QuerySubCategories(RpcRequest request) => SubCategoryQueries.ReadAsync(
        request.IModel,
        CompressedId64Set.Decompress(request.Arguments.GetString(1, "categoryIds"), options.MaxIds),
        request.CancellationToken);

    /// <summary>The sub-categories of all spatial categories that elements are of: (token).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> QueryAllUsedSpatialSubCategories(RpcRequest request)
    {
        List<string> categories = await SubCategoryQueries.ReadUsedSpatialCategoriesAsync(request.IModel, request.CancellationToken).ConfigureAwait(false);
        return await SubCategoryQueries.ReadAsync(request.IModel, categories, request.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a view state is made of: (token, view definition id, ViewStateLoadProps).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GetViewStateData(RpcRequest request) => RpcResult.Json(await ViewStateReader.ReadAsync(
        request.IModel,
        request.Arguments.IsMissing(1) ? null : request.Arguments.GetString(1, "viewDefinitionId"),
        request.Arguments.KindOf(2) == JsonTokenType.StartObject ? request.Arguments[2] : default,
        request.CancellationToken).ConfigureAwait(false));

    /// <summary>The id of the view that the file's author chose: (token).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GetDefaultViewId(RpcRequest request) =>
        RpcResult.String(await request.IModel.RunAsync(FileProperties.ReadDefaultViewId, request.CancellationToken).ConfigureAwait(false));

    /// <summary>What completes a view state: (token, HydrateViewStateRequestProps).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public Task<RpcReply> HydrateViewState(RpcRequest request) =>
        new ViewHydrator(request.IModel, options, request.CancellationToken).ReadAsync(request.Arguments.GetObject(1, "options"));

    private static bool IsEmpty(ReadOnlyMemory<byte> token, ReadOnlySpan<byte> name) => JsonSlices.Text(token, name) is not { Length: > 0 };
}
