using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Geometry;
using ITwinOrleans.Backend.Geometry.Summary;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Queries;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Backend.Views;
using ITwinOrleans.Backend.Work;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Reading;

/// <summary>iTwin.js's <c>IModelReadRpcInterface</c>: what frontends read of an iModel. The first parameter of every operation is the token.</summary>
[RpcInterface("IModelReadRpcInterface", "3.8.0")]
public sealed class IModelReadRpc(BackendOptions options, TimeProvider time) : RpcInterface
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

    /// <summary>Runs ECSQL: (token, DbQueryRequest). Answers a DbQueryResponse, also for a wrong query.</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> QueryRows(RpcRequest request) => QueryService.ExecuteAsync(
        request.IModel, request.Arguments.GetObject(1, "request"), QueryRequest.ECSql, options, request.CancellationToken);

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

    /// <summary>Reads a part of a binary property: (token, DbBlobRequest).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> QueryBlob(RpcRequest request) => QueryService.ExecuteAsync(
        request.IModel, request.Arguments.GetObject(1, "request"), QueryRequest.BlobIO, options, request.CancellationToken);

    /// <summary>The props of models: (token, ids).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public Task<RpcReply> GetModelProps(RpcRequest request) =>
        EntityProps.ReadModelsAsync(request.IModel, request.Arguments.GetStrings(1, "modelIds"), options, request.CancellationToken);

    /// <summary>The ranges of models: (token, ids). Those that have none are left out, unless only one is asked for.</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> QueryModelRanges(RpcRequest request)
    {
        using NativeResult? extents = await ReadExtentsAsync(request).ConfigureAwait(false);
        return extents is null ? EmptyArray() : RpcResult.Json(ModelExtents.ToRanges(extents.Utf8));
    }

    /// <summary>The extents of models: (token, ids). Answers <c>[{id, extents, status}]</c>.</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> QueryModelExtents(RpcRequest request)
    {
        NativeResult? extents = await ReadExtentsAsync(request).ConfigureAwait(false);
        return extents is null ? EmptyArray() : RpcResult.Native(extents);
    }

    /// <summary>The props of the models that a query finds: (token, EntityQueryParams).</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> QueryModelProps(RpcRequest request)
    {
        List<string> ids = await ReadIdsAsync(request).ConfigureAwait(false);
        return await EntityProps.ReadModelsAsync(request.IModel, ids, options, request.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The props of elements: (token, ids).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> GetElementProps(RpcRequest request) =>
        EntityProps.ReadElementsAsync(request.IModel, request.Arguments.GetStrings(1, "elementIds"), options, request.CancellationToken);

    /// <summary>The props of the elements that a query finds: (token, EntityQueryParams).</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> QueryElementProps(RpcRequest request)
    {
        List<string> ids = await ReadIdsAsync(request).ConfigureAwait(false);
        return await EntityProps.ReadElementsAsync(request.IModel, ids, options, request.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The ids of the entities that a query finds: (token, EntityQueryParams).</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> QueryEntityIds(RpcRequest request) =>
        RpcResult.Json(JsonText.Array(await ReadIdsAsync(request).ConfigureAwait(false)));

    /// <summary>A class and its base classes: (token, class full name).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GetClassHierarchy(RpcRequest request)
    {
        string name = request.Arguments.GetString(1, "classFullName");
        return RpcResult.Json(JsonText.Array(
            await request.IModel.RunAsync(native => request.IModel.Classes.Of(native, name), request.CancellationToken).ConfigureAwait(false)));
    }

    /// <summary>The code specs: (token).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> GetAllCodeSpecs(RpcRequest request) => CodeSpecQuery.ReadAsync(request.IModel, request.CancellationToken);

    /// <summary>What a view state is made of: (token, view definition id, ViewStateLoadProps).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GetViewStateData(RpcRequest request) => RpcResult.Json(await ViewStateReader.ReadAsync(
        request.IModel,
        request.Arguments.IsMissing(1) ? null : request.Arguments.GetString(1, "viewDefinitionId"),
        request.Arguments.KindOf(2) == JsonTokenType.StartObject ? request.Arguments[2] : default,
        request.CancellationToken).ConfigureAwait(false));

    /// <summary>The fonts: (token).</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> ReadFontJson(RpcRequest request) =>
        RpcResult.Native(await request.IModel.RunAsync(static native => native.Fonts.ReadMap(), request.CancellationToken).ConfigureAwait(false));

    /// <summary>The lines to show beside the cursor for an element: (token, id).</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> GetToolTipMessage(RpcRequest request)
    {
        string identifier = request.Arguments.GetString(1, "elementId");
        return RpcResult.Json(JsonText.Array(
            await request.IModel.RunAsync(native => ToolTips.Read(native, request.IModel, identifier), request.CancellationToken).ConfigureAwait(false)));
    }

    /// <summary>A view's picture behind a header of 16 bytes: (token, view definition id).</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> GetViewThumbnail(RpcRequest request)
    {
        if (request.Arguments.TryGetString(1) is not { } viewId)
            return RpcResult.NoContent();
        byte[] thumbnail = await request.IModel.RunAsync(native => ViewProperties.ReadThumbnail(native, viewId), request.CancellationToken).ConfigureAwait(false);
        return thumbnail.Length == 0 ? RpcResult.NoContent() : RpcResult.Binary(thumbnail);
    }

    /// <summary>The id of the view that the file's author chose: (token).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GetDefaultViewId(RpcRequest request) =>
        RpcResult.String(await request.IModel.RunAsync(ViewProperties.ReadDefaultViewId, request.CancellationToken).ConfigureAwait(false));

    /// <summary>What a view is made of for an iModel that has none: (token, {modelIds}).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GetCustomViewState3dData(RpcRequest request)
    {
        IModelDb iModel = request.IModel;
        ReadOnlyMemory<byte> modelIds = JsonSlices.Property(request.Arguments.GetObject(1, "options"), "modelIds"u8);
        List<string>? ids = modelIds.IsEmpty ? null : CompressedId64Set.Decompress(JsonSlices.AsText(modelIds, "modelIds"), options.MaxIds);
        PendingWork<byte[]> work = iModel.GetState(_ => new CustomViewWork(new PendingWork<byte[]>(options.PendingAfter, options.KeepPendingResults, time))).Work;
        byte[]? data = await work.GetAsync(
            $"{iModel.Revision}:{(ids is null ? "all" : CompressedId64Set.Compress(ids))}",
            () => CustomViewState.ReadAsync(iModel, ids, iModel.Closed),
            request.CancellationToken).ConfigureAwait(false);
        return data is null ? RpcResult.Pending() : RpcResult.Json(data);
    }

    /// <summary>What completes a view state: (token, HydrateViewStateRequestProps).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public Task<RpcReply> HydrateViewState(RpcRequest request) =>
        new ViewHydrator(request.IModel, options, request.CancellationToken).ReadAsync(request.Arguments.GetObject(1, "options"));

    /// <summary>Finds the point that the cursor snaps to: (token, session id, SnapRequestProps). Ends the session's snap before.</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> RequestSnap(RpcRequest request) => RpcResult.Native(await SnapsOf(request.IModel).SnapAsync(
        request.IModel, request.Arguments.TryGetString(1) ?? "", ObjectOrEmpty(request.Arguments, 2), request.CancellationToken).ConfigureAwait(false));

    /// <summary>Ends a session's snap: (token, session id).</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> CancelSnap(RpcRequest request)
    {
        await SnapsOf(request.IModel).CancelAsync(request.IModel, request.Arguments.TryGetString(1) ?? "", request.CancellationToken).ConfigureAwait(false);
        return RpcResult.Undefined();
    }

    /// <summary>Which elements lie inside clip planes: (token, GeometryContainmentRequestProps).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> GetGeometryContainment(RpcRequest request) =>
        StartAsync(request, native => native.Geometry.GetContainmentAsync(ObjectOrEmpty(request.Arguments, 1)));

    /// <summary>Volume, area or length of elements together: (token, MassPropertiesRequestProps).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> GetMassProperties(RpcRequest request) =>
        StartAsync(request, native => native.Geometry.GetMassPropertiesAsync(ObjectOrEmpty(request.Arguments, 1)));

    /// <summary>Volume, area and length of elements one by one: (token, MassPropertiesPerCandidateRequestProps).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> GetMassPropertiesPerCandidate(RpcRequest request) =>
        MassProperties.ReadPerCandidateAsync(request.IModel, request.Arguments.GetObject(1, "props"), options, request.CancellationToken);

    /// <summary>Points of the Earth in the iModel: (token, IModelCoordinatesRequestProps).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> GetIModelCoordinatesFromGeoCoordinates(RpcRequest request) =>
        ConvertAsync(request, static (native, points) => native.GeoLocation.ToIModelCoordinates(points), "iModelCoords");

    /// <summary>Points of the iModel on the Earth: (token, GeoCoordinatesRequestProps).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public Task<RpcReply> GetGeoCoordinatesFromIModelCoordinates(RpcRequest request) =>
        ConvertAsync(request, static (native, points) => native.GeoLocation.FromIModelCoordinates(points), "geoCoords");

    /// <summary>A description of elements' geometry for people: (token, GeometrySummaryRequestProps).</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> GetGeometrySummary(RpcRequest request) => RpcResult.String(await GeometrySummary.ReadAsync(
        request.IModel, request.Arguments.GetObject(1, "request"), options, request.CancellationToken).ConfigureAwait(false));

    /// <summary>The image of a texture: (token, TextureLoadProps).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> QueryTextureData(RpcRequest request)
    {
        ReadOnlyMemory<byte> props = request.Arguments.GetNativeObject(1, "textureLoadProps");
        return StartAsync(request, native => native.Elements.QueryTextureDataAsync(props));
    }

    /// <summary>The props of one element by id, federation GUID or code: (token, identifier, ElementLoadOptions). Nothing when it is not there.</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> LoadElementProps(RpcRequest request)
    {
        byte[] load = ElementIdentifier.ToLoadProps(request.Arguments, 1, 2);
        var buffer = new Utf8Buffer();
        try
        {
            bool isThere = await request.IModel.RunAsync(
                native => request.IModel.Entities.TryAppendElement(native, load, buffer), request.CancellationToken).ConfigureAwait(false);
            if (isThere)
                return RpcResult.Json(buffer);
            buffer.Dispose();
            return RpcResult.Undefined();
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Meshes of an element: (token, ElementMeshRequestProps).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> GenerateElementMeshes(RpcRequest request)
    {
        ReadOnlyMemory<byte> props = request.Arguments.GetNativeObject(1, "props");
        return StartAsync(request, native => native.Geometry.GenerateMeshesAsync(props));
    }

    /// <summary>Calls a method of the iModel's store of views: (token, version, forWrite, method, ...). There is none, and this says so.</summary>
    [RpcOperation]
    public async Task<RpcReply> CallViewStore(RpcRequest request)
    {
        ViewStore.CheckVersion(request.Arguments.GetString(1, "version"));
        throw await request.IModel.RunAsync(ViewStore.Unavailable, request.CancellationToken).ConfigureAwait(false);
    }

    private static RpcReply EmptyArray() => RpcResult.Json("[]"u8.ToArray());

    private static bool IsEmpty(ReadOnlyMemory<byte> token, ReadOnlySpan<byte> name) => JsonSlices.Text(token, name) is not { Length: > 0 };

    private static SnapSessions SnapsOf(IModelDb iModel) => iModel.GetState(static _ => new SnapSessions());

    private static ReadOnlyMemory<byte> ObjectOrEmpty(RpcArguments arguments, int index) =>
        arguments.KindOf(index) == JsonTokenType.StartObject ? arguments[index] : "{}"u8.ToArray();

    private static async Task<RpcReply> StartAsync(RpcRequest request, Func<Native.IModels.DgnDb, Task<NativeResult>> start) =>
        RpcResult.Native(await request.IModel.StartAsync(start, request.CancellationToken).ConfigureAwait(false));

    private static async Task<RpcReply> ConvertAsync(RpcRequest request, Func<Native.IModels.DgnDb, NativeJson, NativeResult> convert, string coordinates)
    {
        ReadOnlyMemory<byte> points = request.Arguments.GetNativeObject(1, "props");
        using NativeResult result = await request.IModel.RunAsync(native => convert(native, points), request.CancellationToken).ConfigureAwait(false);
        // Native code leaves an empty array out.
        bool isEmpty = JsonSlices.Property(result.Utf8, System.Text.Encoding.UTF8.GetBytes(coordinates)).IsEmpty;
        string added = isEmpty ? $"\"{coordinates}\":[],\"fromCache\":0" : "\"fromCache\":0";
        return RpcResult.Json(NativeResults.With(result, System.Text.Encoding.UTF8.GetBytes(added)));
    }

    private async Task<NativeResult?> ReadExtentsAsync(RpcRequest request)
    {
        RpcArguments arguments = request.Arguments;
        switch (arguments.KindOf(1))
        {
            case JsonTokenType.String:
                return await ModelExtents.ReadAsync(request.IModel, [arguments.GetString(1, "modelIds")], request.CancellationToken).ConfigureAwait(false);
            case JsonTokenType.StartArray:
                return await ModelExtents.ReadAsync(request.IModel, arguments.GetStrings(1, "modelIds"), request.CancellationToken).ConfigureAwait(false);
            case JsonTokenType.Null:
                throw RpcException.WrongType("The parameter modelIds must be an array of strings");
            default:
                throw RpcException.NativeType("Argument 0 must be an array of model Ids");
        }
    }

    private Task<List<string>> ReadIdsAsync(RpcRequest request) => EntityQueries.ReadIdsAsync(
        request.IModel, EntityQueryParams.Read(request.Arguments.GetObject(1, "params"), options.MaxQueryLength), request.CancellationToken);

    private sealed record CustomViewWork(PendingWork<byte[]> Work);
}
