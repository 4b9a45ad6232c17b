using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Queries;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Views;

/// <summary>What a frontend needs to make a view of an iModel that has none (core-backend <c>CustomViewState3dCreator</c>).</summary>
internal static class CustomViewState
{
    private const string Models = "SELECT ECInstanceId FROM Bis.GeometricModel3D WHERE IsPrivate = false AND IsTemplate = false";

    // Older versions of the BisCore schema do not have this property.
    private const string SpatiallyLocated = " AND (IsNotSpatiallyLocated IS NULL OR IsNotSpatiallyLocated = false)";

    /// <summary>The models, their extents and the categories in use: iTwin.js <c>CustomViewState3dProps</c>, JSON.</summary>
    /// <param name="iModel">The iModel.</param>
    /// <param name="modelIds">The models to show; null for all that are somewhere in space.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<byte[]> ReadAsync(IModelDb iModel, IReadOnlyList<string>? modelIds, CancellationToken cancellationToken)
    {
        modelIds ??= await ReadModelsAsync(iModel, cancellationToken).ConfigureAwait(false);
        List<string> categories = await SubCategoryQueries.ReadUsedSpatialCategoriesAsync(iModel, cancellationToken).ConfigureAwait(false);
        Range3d extents = await ModelExtents.ReadUnionAsync(iModel, modelIds, cancellationToken).ConfigureAwait(false) ?? Range3d.Null;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("modelIds"u8, CompressedId64Set.Compress(modelIds));
            writer.WriteString("categoryIds"u8, CompressedId64Set.Compress(categories));
            writer.WritePropertyName("modelExtents"u8);
            extents.Write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static async Task<List<string>> ReadModelsAsync(IModelDb iModel, CancellationToken cancellationToken)
    {
        try
        {
            return await QueryReader.ReadTextsAsync(iModel, Models + SpatiallyLocated, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            return await QueryReader.ReadTextsAsync(iModel, Models, cancellationToken).ConfigureAwait(false);
        }
    }
}
