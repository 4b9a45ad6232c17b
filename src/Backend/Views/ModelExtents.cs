using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
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
        byte[] ids = JsonText.Array(modelIds);
        return await iModel.StartAsync(native => native.Models.QueryExtentsAsync(ids), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The ranges alone, of the models that have one.</summary>
    /// <param name="extents">The extents of each model, JSON.</param>
    /// <exception cref="RpcException">There is only one model, and it has none.</exception>
    public static byte[] ToRanges(ReadOnlyMemory<byte> extents)
    {
        using JsonDocument document = JsonDocument.Parse(extents);
        JsonElement models = document.RootElement;
        if (models.GetArrayLength() == 1 && StatusOf(models[0]) is var status && status != 0)
            throw RpcException.Numbered(status, "error querying model range");
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(extents.Length);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartArray();
            foreach (JsonElement model in models.EnumerateArray().Where(static model => StatusOf(model) == 0))
                model.GetProperty("extents"u8).WriteTo(writer);
            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
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

    private static int StatusOf(JsonElement model) => model.GetProperty("status"u8).GetInt32();
}
