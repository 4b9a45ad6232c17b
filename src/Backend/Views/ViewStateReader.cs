using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Views;

/// <summary>Reads what a frontend needs to make a view state (core-backend <c>IModelDb.Views.getViewStateProps</c>).</summary>
internal static class ViewStateReader
{
    private const string SheetView = "BisCore:SheetViewDefinition", DrawingView = "BisCore:DrawingViewDefinition";

    /// <summary>The view state's props, UTF-8 JSON.</summary>
    /// <param name="iModel">The iModel.</param>
    /// <param name="viewId">The view definition's id; null for none.</param>
    /// <param name="options">iTwin.js <c>ViewStateLoadProps</c>, JSON; empty for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RpcException">The view, or what it refers to, is not there.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        IModelDb iModel, string? viewId, ReadOnlyMemory<byte> options, CancellationToken cancellationToken)
    {
        if (viewId is ['@', ..])
            throw RpcException.Numbered((int)IModelStatus.BadRequest, "No ViewStore available");
        ViewParts parts = await iModel.RunAsync(native => ReadParts(native, iModel, viewId, options), cancellationToken).ConfigureAwait(false);
        if (parts.IsSheet)
        {
            string ecsql = $"SELECT ECInstanceId FROM BisCore.ViewAttachment WHERE Model.Id={RequireId(parts.BaseModelId)}";
            parts.SheetAttachments = await Queries.QueryReader.ReadTextsAsync(iModel, ecsql, cancellationToken).ConfigureAwait(false);
        }

        if (parts.BaseModelId is not null)
            parts.ModelExtents = await ModelExtents.ReadUnionAsync(iModel, [parts.BaseModelId], cancellationToken).ConfigureAwait(false);
        return parts.ToJson();
    }

    private static ViewParts ReadParts(DgnDb native, IModelDb iModel, string? viewId, ReadOnlyMemory<byte> options)
    {
        ReadOnlyMemory<byte> view = ReadElement(native, iModel, viewId);
        string? baseModelId = JsonSlices.Text(view, "baseModelId"u8), modelSelectorId = JsonSlices.Text(view, "modelSelectorId"u8);
        var parts = new ViewParts
        {
            ViewDefinition = view,
            BaseModelId = baseModelId,
            CategorySelector = ReadElement(native, iModel, JsonSlices.Text(view, "categorySelectorId"u8)),
            DisplayStyle = ReadDisplayStyle(native, iModel, JsonSlices.Text(view, "displayStyleId"u8), options),
        };
        if (modelSelectorId is not null)
            parts.ModelSelector = ReadElement(native, iModel, modelSelectorId);
        string viewClass = JsonSlices.Text(view, "classFullName"u8)!;
        if (iModel.Classes.Is(native, viewClass, SheetView))
        {
            parts.IsSheet = true;
            parts.Sheet = ReadElement(native, iModel, baseModelId);
        }
        else if (baseModelId is not null && iModel.Classes.Is(native, viewClass, DrawingView))
        {
            parts.Drawing = iModel.Entities.ReadElement(native, EntityReader.LoadById(baseModelId));
        }

        return parts;
    }

    private static ReadOnlyMemory<byte> ReadDisplayStyle(DgnDb native, IModelDb iModel, string? id, ReadOnlyMemory<byte> options)
    {
        ReadOnlyMemory<byte> display = options.IsEmpty ? default : JsonSlices.Property(options, "displayStyle"u8);
        if (display.IsEmpty || id is null)
            return ReadElement(native, iModel, id);
        using var load = new Utf8Buffer(128);
        load.Write("{\"id\":"u8);
        load.Write(JsonText.Quote(id));
        load.Write(",\"displayStyle\":"u8);
        load.Write(display.Span);
        load.Write("}"u8);
        return Require(iModel.Entities.ReadElement(native, load.WrittenMemory.ToArray()));
    }

    private static ReadOnlyMemory<byte> ReadElement(DgnDb native, IModelDb iModel, string? id) =>
        Require(id is null ? default : iModel.Entities.ReadElement(native, EntityReader.LoadByIdentifier(id)));

    private static ReadOnlyMemory<byte> Require(ReadOnlyMemory<byte> element) =>
        element.IsEmpty ? throw RpcException.Numbered((int)IModelStatus.NotFound, "element not found") : element;

    private static string RequireId(string? id) => Id64.IsValid(id) ? id! : Id64.Invalid;
}
