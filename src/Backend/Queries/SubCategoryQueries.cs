using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Queries;

/// <summary>The sub-categories of categories, as views need them (core-backend <c>IModelDb.querySubCategories</c>).</summary>
internal static class SubCategoryQueries
{
    private const string UsedSpatialCategories =
        "SELECT DISTINCT Category.Id AS id FROM BisCore.GeometricElement3d WHERE Category.Id IN (SELECT ECInstanceId FROM BisCore.SpatialCategory)";

    /// <summary>The spatial categories that 3d elements are of.</summary>
    public static Task<List<string>> ReadUsedSpatialCategoriesAsync(IModelDb iModel, CancellationToken cancellationToken) =>
        QueryReader.ReadTextsAsync(iModel, UsedSpatialCategories, cancellationToken);

    /// <summary>The sub-categories of categories: <c>[{id, parentId, appearance}]</c>, the appearance being JSON text.</summary>
    public static async Task<RpcReply> ReadAsync(IModelDb iModel, IReadOnlyCollection<string> categoryIds, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = [];
        if (categoryIds.Count > 0)
        {
            string ecsql = "SELECT ECInstanceId as id, Parent.Id as parentId, Properties as appearance FROM BisCore.SubCategory WHERE Parent.Id IN ("
                + string.Join(',', categoryIds.Where(Id64.IsWellFormed)) + ")";
            try
            {
                rows = await QueryReader.ReadAsync(iModel, ecsql, default, useJsNames: true, cancellationToken).ConfigureAwait(false);
            }
            catch (RpcException)
            {
                // As in iTwin.js: a view without sub-categories is better than none.
            }
        }

        var buffer = new Utf8Buffer(64 * (rows.Count + 1));
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartArray();
            foreach (JsonElement row in rows)
                Write(writer, row);
            writer.WriteEndArray();
        }

        return RpcResult.Json(buffer);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement row)
    {
        writer.WriteStartObject();
        WriteColumn("id", 0);
        WriteColumn("parentId", 1);
        WriteColumn("appearance", 2);
        writer.WriteEndObject();

        void WriteColumn(string name, int column)
        {
            if (column >= row.GetArrayLength() || row[column].ValueKind == JsonValueKind.Null)
                return;
            writer.WritePropertyName(name);
            row[column].WriteTo(writer);
        }
    }
}
