using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Views;

/// <summary>The extents of models, which native code computes on threads of its own.</summary>
internal static class ModelExtents
{
    /// <summary>The extents of each model: <c>[{id, extents, status}]</c>; null for no models.</summary>
    public static async Task<NativeResult?> ReadAsync(IModelDb iModel, IReadOnlyList<string> modelIds, CancellationToken cancellationToken)
    {
        if (modelIds.Count == 0)
            return null;
        var ids = new System.Buffers.ArrayBufferWriter<byte>(16 * modelIds.Count);
        using (var writer = new Utf8JsonWriter(ids, JsonText.WriterOptions))
        {
            writer.WriteStartArray();
            foreach (string id in modelIds)
                writer.WriteStringValue(id);
            writer.WriteEndArray();
        }

        NativeArgument argument = NativeArgument.Json(ids.WrittenMemory);
        return await iModel.StartAsync(native => native.CallAsync("queryModelExtentsAsync", argument), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The extents of all the models together; null when they have none.</summary>
    public static async Task<Range3d?> ReadUnionAsync(IModelDb iModel, IReadOnlyList<string> modelIds, CancellationToken cancellationToken)
    {
        using NativeResult? extents = await ReadAsync(iModel, modelIds, cancellationToken).ConfigureAwait(false);
        if (extents is null)
            return null;
        Range3d union = Range3d.Null;
        using JsonDocument document = JsonDocument.Parse(extents.Utf8);
        foreach (JsonElement model in document.RootElement.EnumerateArray())
            union = union.Union(model.TryGetProperty("extents"u8, out JsonElement range) ? Range3d.Read(range) : Range3d.Null);
        return union.IsNull ? null : union;
    }
}
