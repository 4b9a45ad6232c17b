using System.Text;
using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Geometry;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Native.Tiles;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.Tiles;

public sealed class TileAndGeometryTests(EngineFixture fixture) : EngineTests(fixture)
{
    private const string TreeId = "25_1d-E:0_0x1e", ContentId = "-b-2-0-0-0-1";

    private Task UseAsync(Func<DgnDb, Task> use) => Engine.RunAsync(async platform =>
    {
        using DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
        await use(db);
    });

    [Fact]
    public async Task GetTree_gives_the_props_of_the_tree() => await UseAsync(async db =>
    {
        JsonNode tree = Json.Parse(await db.Tiles.GetTreeAsync(TreeId));
        Assert.NotNull(tree["rootTile"]);
        Assert.Equal(TreeId, (string?)tree["id"]);
    });

    [Fact]
    public async Task GetContent_gives_the_tile_before_and_after_a_purge() => await UseAsync(async db =>
    {
        using NativeResult content = await db.Tiles.GetContentAsync(TreeId, ContentId);
        Assert.Equal("iMdl", Encoding.ASCII.GetString(content.Utf8.Span[..4]));
        db.Tiles.Purge(null);
        using NativeResult again = await db.Tiles.GetContentAsync(TreeId, ContentId);
        Assert.True(again.Utf8.Span.SequenceEqual(content.Utf8.Span));
    });

    [Fact]
    public async Task Purge_with_tiles_under_way_waits_for_them_and_later_ones_for_it() => await UseAsync(async db =>
    {
        Task<NativeResult>[] before = [.. Enumerable.Range(0, 8).Select(i => db.Tiles.GetContentAsync(TreeId, $"-b-2-0-0-{i & 1}-1"))];
        db.Tiles.Purge(null);
        Task<NativeResult>[] after = [.. Enumerable.Range(0, 8).Select(i => db.Tiles.GetContentAsync(TreeId, $"-b-2-0-0-{i & 1}-1"))];
        db.Tiles.Purge(["0x1e"]);
        foreach (Task<NativeResult> tile in before.Concat(after))
            (await tile.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    });

    [Fact]
    public async Task Tree_and_tile_that_are_none_throw_a_status() => await UseAsync(async db =>
    {
        Assert.NotEqual(IModelStatus.Success, (await Assert.ThrowsAsync<IModelException>(() => db.Tiles.GetTreeAsync("0x1"))).Status);
        Assert.NotEqual(IModelStatus.Success, (await Assert.ThrowsAsync<IModelException>(() => db.Tiles.GetContentAsync(TreeId, "nonsense"))).Status);
        await Assert.ThrowsAsync<IModelException>(() => db.Tiles.GetContentAsync("nonsense", "nonsense"));
    });

    [Fact]
    public async Task Cancel_in_a_tree_that_is_not_loaded_does_no_harm_to_the_purge_after_it() => await UseAsync(async db =>
    {
        db.Tiles.CancelContent(TreeId, [ContentId]);
        db.Tiles.Purge(null);
        Task<NativeResult> tree = db.Tiles.GetTreeAsync(TreeId);
        db.Tiles.Purge(null);
        (await tree).Dispose();
        (await db.Tiles.GetContentAsync(TreeId, ContentId)).Dispose();
        db.Tiles.CancelContent(TreeId, ["nonsense"]);
        db.Tiles.Purge(null);
        db.Tiles.CancelContent(TreeId, [ContentId]);
        db.Tiles.Purge(null);
    });

    // Native code that goes on with a closed file ends the process, so this is tried in many moments.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CloseAsync_with_tiles_under_way_completes_after_them(bool treeIsLoaded)
    {
        string path = TestFiles.Copy("rich.bim");
        for (int round = 0; round < 30; round++)
        {
            Task<NativeResult>[] requests = await Engine.RunAsync(async platform =>
            {
                DgnDb db = DgnDb.Open(platform, path);
                if (treeIsLoaded)
                    (await db.Tiles.GetTreeAsync(TreeId)).Dispose();
                Task<NativeResult>[] started =
                [
                    .. Enumerable.Range(0, 8).Select(i => db.Tiles.GetContentAsync(TreeId, $"-b-2-{i & 1}-{(i >> 1) & 1}-{i >> 2}-1")),
                    db.Tiles.GetTreeAsync(TreeId),
                ];
                for (int i = 0; i < round; i++)
                    await Engine.GetUsageAsync();
                Task closed = db.CloseAsync();
                Assert.True(db.IsDisposed);
                await closed;
                return started;
            });
            foreach (Task<NativeResult> request in requests)
                await EndedAsync(request);
        }

        await Engine.RunAsync(platform => DgnDb.Open(platform, path, OpenMode.ReadWrite).Dispose());
    }

    [Fact]
    public async Task Close_with_a_tree_under_way_closes_the_file_after_it()
    {
        string path = TestFiles.Copy("rich.bim");
        DgnDb closed = await Engine.RunAsync(platform =>
        {
            using DgnDb db = DgnDb.Open(platform, path, OpenMode.ReadWrite);
            _ = EndedAsync(db.Tiles.GetTreeAsync(TreeId));
            return db;
        });
        await Engine.RunAsync(_ => closed.CloseAsync());
        await Engine.RunAsync(platform => DgnDb.Open(platform, path, OpenMode.ReadWrite).Dispose());
    }

    /// <summary>A request of an iModel that is closed has an answer or an error.</summary>
    private static async Task EndedAsync(Task<NativeResult> request)
    {
        try
        {
            (await request.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
        }
        catch (NativeException)
        {
            // Ended by the close.
        }
    }

    [Fact]
    public async Task GenerateGraphics_gives_content_or_the_reason_of_none() => await UseAsync(async db =>
    {
        using ElementGraphics graphics = await db.Geometry.GenerateGraphicsAsync(
            """{"id":"req1","elementId":"0x1f","formatVersion":37,"toleranceLog10":-2,"edgeType":2,"quantizePositions":false,"useAbsolutePositions":false}""");
        Assert.Equal(ElementGraphicsStatus.Success, graphics.Status);
        Assert.Equal("iMdl", Encoding.ASCII.GetString(graphics.Content.Span[..4]));
        using ElementGraphics none = await db.Geometry.GenerateGraphicsAsync(
            """{"id":"req2","elementId":"0xfffff","formatVersion":37,"toleranceLog10":-2}""");
        Assert.Equal(ElementGraphicsStatus.ElementNotFound, none.Status);
        Assert.True(none.Content.IsEmpty);
        db.Geometry.CancelGraphics("""["req1"]""");
    });

    [Fact]
    public async Task Meshes_measures_and_containment_answer() => await UseAsync(async db =>
    {
        using NativeResult meshes = await db.Geometry.GenerateMeshesAsync("""{"source":"0x1f"}""");
        Assert.Equal("LMSH", Encoding.ASCII.GetString(meshes.Utf8.Span[..4]));
        JsonNode mass = Json.Parse(await db.Geometry.GetMassPropertiesAsync("""{"operation":2,"candidates":["0x1f","0x20","0x21"]}"""));
        Assert.Equal(7.636444888220778, (double)mass["volume"]!, 9);
        JsonNode containment = Json.Parse(await db.Geometry.GetContainmentAsync("""{"candidates":["0x1f"],"clip":[],"allowOverlaps":true}"""));
        Assert.Equal(32768, (int)containment["status"]!);
        await Assert.ThrowsAnyAsync<NativeException>(() => db.Geometry.GenerateMeshesAsync("""{"source":"0x1"}"""));
    });

    [Fact]
    public async Task Snap_finds_a_point_and_closing_cancels_one_under_way()
    {
        const string Request = """
            {"id":"0x907","testPoint":[63,84,9.815630835480988],"closePoint":[63,84,9.815630835480988],
             "worldToView":[[22.456140350877185,-22.456140350877185,4.147376556188575e-15,512.0000000000003],
             [-12.96505867653895,-12.965058676538957,-25.93011735307793,2201.038332068532],
             [-246.34378667396425,-246.34378667396425,246.3437866739641,22417.284587330745],[0,0,0,1]],
             "snapModes":[2,1],"snapAperture":20,"snapDivisor":2,"viewFlags":{"noConstruct":true,"clipVol":true,"renderMode":6}}
            """;
        Task<NativeResult> cancelled = await Engine.RunAsync<Task<NativeResult>>(platform =>
        {
            DgnDb db = DgnDb.Open(platform, TestFiles.Copy("rich.bim"));
            Task<NativeResult> snap = new SnapRequest(db).SnapAsync(Request);
            db.Close();
            return snap;
        });
        try
        {
            (await cancelled.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
        }
        catch (NativeException)
        {
            // Aborted.
        }

        await UseAsync(async db =>
        {
            using var snap = new SnapRequest(db);
            JsonNode found = Json.Parse(await snap.SnapAsync(Request));
            Assert.Equal(0, (int)found["status"]!);
            Assert.Equal(63, (double)found["snapPoint"]![0]!, 6);
        });
    }

    [Fact]
    public async Task Coordinates_schemas_and_versions_answer() => await UseAsync(async db =>
    {
        using NativeResult earth = db.GeoLocation.FromIModelCoordinates("""{"target":"WGS84","iModelCoords":[{"x":1,"y":2,"z":3}]}""");
        Assert.NotNull(Json.Parse(earth)["geoCoords"]);
        Assert.Equal("BisCore", (string?)Json.Parse(db.Schemas.GetProps("BisCore"))["name"]);
        Assert.Equal("BisCore", (string?)Json.Parse(await db.Schemas.GetPropsAsync("BisCore"))["name"]);
        using NativeResult item = db.Schemas.GetClassMetaData("BisCore", "Element");
        Assert.Contains("ecclass", item.GetText());
        Assert.Contains("ECSchema", db.Schemas.GetXml("BisCore"));
        Assert.True(db.Schemas.IsSubClassOf("BisCore:Subject", "BisCore:Element"));
        Assert.Equal("BisCore:Subject", db.Schemas.ClassName(db.Schemas.ClassId("BisCore:Subject"))!.Replace('.', ':'));
        using NativeResult versions = db.Platform.GetTileVersionInfo();
        Assert.NotNull(Json.Parse(versions)["formatVersion"]);
        using NativeResult texture = await db.Elements.QueryTextureDataAsync("""{"name":"0xfffff"}""");
        Assert.False(texture.HasValue);
        await Assert.ThrowsAnyAsync<NativeException>(() => db.Schemas.GetPropsAsync("NoSchema"));
    });
}
