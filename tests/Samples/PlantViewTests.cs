using System.Buffers.Binary;
using System.Text.Json.Nodes;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Samples.Tests;

[Collection(PlantCollection.Name)]
public sealed class PlantViewTests(PlantFixture plant)
{
    private static JsonNode Element(DgnDb db, string id)
    {
        using NativeResult props = db.Elements.Get(new JsonObject { ["id"] = id }.ToJsonString());
        return JsonNode.Parse(props.Utf8.Span)!;
    }

    private static string DefaultViewId(DgnDb db)
    {
        using NativeResult id = db.FileProperties.QueryBlob("""{"namespace":"dgn_View","name":"DefaultView"}""");
        return $"0x{BinaryPrimitives.ReadUInt64LittleEndian(id.Utf8.Span):x}";
    }

    private static List<string> ModelsInDefaultView(DgnDb db) =>
        [.. Element(db, (string)Element(db, DefaultViewId(db))["modelSelectorId"]!)["models"]!.AsArray().Select(id => (string)id!)];

    [Fact]
    public async Task Views_are_saved_by_name()
    {
        List<string> names = await plant.ReadAsync(db => db.QueryText("SELECT CodeValue FROM bis.OrthographicViewDefinition ORDER BY ECInstanceId"));
        Assert.Equal(["Iso", "Top", "Pump detail", "Rack", "Tank farm", "Process area"], names);
    }

    [Fact]
    public async Task DefaultView_is_isometric_and_shows_all_models_and_categories()
    {
        (JsonNode view, JsonNode categories, List<string> allModels, List<string> allCategories, List<string> models) = await plant.ReadAsync(db =>
        {
            JsonNode view = Element(db, DefaultViewId(db));
            return (
                view, Element(db, (string)view["categorySelectorId"]!),
                db.QueryIds("SELECT ECInstanceId FROM bis.PhysicalModel ORDER BY ECInstanceId"),
                db.QueryIds("SELECT ECInstanceId FROM bis.SpatialCategory ORDER BY ECInstanceId"), ModelsInDefaultView(db));
        });
        Assert.Equal("Iso", (string?)view["code"]!["value"]);

        // The angles of iTwin.js's StandardViewIndex.Iso.
        Assert.Equal(30, (double)view["angles"]!["yaw"]!, 1e-4);
        Assert.Equal(-35.2643897, (double)view["angles"]!["pitch"]!, 1e-4);
        Assert.Equal(-45, (double)view["angles"]!["roll"]!, 1e-4);
        Assert.Equal(allModels, models);
        Assert.Equal(allCategories, categories["categories"]!.AsArray().Select(id => (string)id!));
    }

    [Fact]
    public async Task DisplayStyle_is_smoothly_shaded()
    {
        JsonNode style = await plant.ReadAsync(db => Element(db, (string)Element(db, DefaultViewId(db))["displayStyleId"]!));
        Assert.Equal(6, (int)style["jsonProperties"]!["styles"]!["viewflags"]!["renderMode"]!);
    }

    [Fact]
    public async Task Models_of_the_default_view_have_tiles_with_elements()
    {
        List<string> models = await plant.ReadAsync(ModelsInDefaultView);
        Assert.Equal(8, models.Count);
        foreach (string model in models)
        {
            uint elements = await plant.ReadAsync(db => LargestTileAsync(db, model));
            Assert.True(elements > 0, $"Model {model} has no tile with elements");
        }
    }

    /// <summary>The number of elements in the fullest of the first tiles of a model.</summary>
    private static async Task<uint> LargestTileAsync(DgnDb db, string model)
    {
        string tree = "25_1-" + model;
        (await db.Tiles.GetTreeAsync(tree)).Dispose();
        uint most = 0;
        foreach (string content in new[] { "-b-0-0-0-0-1", "-b-1-0-0-0-1", "-b-1-1-0-0-1" })
        {
            using NativeResult tile = await db.Tiles.GetContentAsync(tree, content);

            // The header of iTwin.js's tile format (core-common, tile/IModelTileIO): numElementsIncluded after the tolerance.
            ReadOnlySpan<byte> bytes = tile.Utf8.Span;
            Assert.Equal("iMdl"u8, bytes[..4]);
            most = Math.Max(most, BinaryPrimitives.ReadUInt32LittleEndian(bytes[72..]));
        }

        return most;
    }
}
