using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Views;

/// <summary>Reads what a frontend asks for to complete a view state (core-backend <c>ViewStateHydrator</c>). What is not there is left out.</summary>
internal sealed class ViewHydrator(IModelDb iModel, BackendOptions options, CancellationToken cancellationToken)
{
    /// <summary>The answer to <c>hydrateViewState</c>.</summary>
    /// <param name="request">iTwin.js <c>HydrateViewStateRequestProps</c>, JSON.</param>
    public async Task<RpcReply> ReadAsync(ReadOnlyMemory<byte> request)
    {
        ReadOnlyMemory<byte> load = JsonSlices.Property(request, "viewStateLoadProps"u8);
        var buffer = new Utf8Buffer(4096);
        try
        {
            buffer.Write("{"u8);
            if (TextOf(request, "acsId"u8) is { } acsId)
                Append(buffer, "acsElementProps", await iModel.RunAsync(native => iModel.Entities.ReadElement(native, EntityReader.LoadByIdentifier(acsId)), cancellationToken).ConfigureAwait(false));
            if (TextOf(request, "sheetViewAttachmentIds"u8) is { } attachments)
                await AppendAttachmentsAsync(buffer, CompressedId64Set.Decompress(attachments, options.MaxIds), load).ConfigureAwait(false);
            if (TextOf(request, "spatialViewId"u8) is { } spatialViewId)
                Append(buffer, "spatialViewProps", await ViewStateReader.ReadAsync(iModel, spatialViewId, load, cancellationToken).ConfigureAwait(false));
            if (TextOf(request, "notLoadedModelSelectorStateModels"u8) is { } models)
                await AppendModelsAsync(buffer, CompressedId64Set.Decompress(models, options.MaxIds)).ConfigureAwait(false);
            if (TextOf(request, "baseModelId"u8) is { } baseModelId)
                Append(buffer, "baseModelProps", await iModel.RunAsync(native => iModel.Entities.ReadModel(native, baseModelId), cancellationToken).ConfigureAwait(false));
            buffer.Write("}"u8);
            return RpcResult.Json(buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private async Task AppendModelsAsync(Utf8Buffer buffer, List<string> ids)
    {
        Begin(buffer, "modelSelectorStateModels");
        await EntityList.AppendAsync(iModel, ids, iModel.Entities.TryAppendModel, buffer, options.EngineSlice, cancellationToken).ConfigureAwait(false);
    }

    private async Task AppendAttachmentsAsync(Utf8Buffer buffer, List<string> ids, ReadOnlyMemory<byte> load)
    {
        using var attachments = new Utf8Buffer(1024);
        await EntityList.AppendElementsAsync(iModel, ids, attachments, options.EngineSlice, cancellationToken).ConfigureAwait(false);
        Begin(buffer, "sheetViewViews");
        buffer.Write("["u8);
        using (JsonDocument document = JsonDocument.Parse(attachments.WrittenMemory))
        {
            bool first = true;
            foreach (JsonElement attachment in document.RootElement.EnumerateArray())
            {
                if (!first)
                    buffer.Write(","u8);
                first = false;
                buffer.Write((await TryReadViewAsync(attachment, load).ConfigureAwait(false)).Span);
            }
        }

        buffer.Write("]"u8);
        Begin(buffer, "sheetViewAttachmentProps");
        buffer.Write(attachments.WrittenMemory.Span);
    }

    private async Task<ReadOnlyMemory<byte>> TryReadViewAsync(JsonElement attachment, ReadOnlyMemory<byte> load)
    {
        try
        {
            if (attachment.TryGetProperty("view"u8, out JsonElement view) && view.TryGetProperty("id"u8, out JsonElement id))
                return await ViewStateReader.ReadAsync(iModel, id.GetString(), load, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            // A sheet shows without the attachments that cannot be read.
        }

        return "null"u8.ToArray();
    }

    private static string? TextOf(ReadOnlyMemory<byte> request, ReadOnlySpan<byte> name) =>
        JsonSlices.Text(request, name) is { Length: > 0 } text ? text : null;

    private static void Append(Utf8Buffer buffer, string name, ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
            return;
        Begin(buffer, name);
        buffer.Write(json.Span);
    }

    private static void Begin(Utf8Buffer buffer, string name)
    {
        if (buffer.Length > 1)
            buffer.Write(","u8);
        buffer.Write(JsonText.Quote(name));
        buffer.Write(":"u8);
    }
}
