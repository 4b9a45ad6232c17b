using System.Text.Json.Nodes;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Samples.Tests;

[Collection(PlantCollection.Name)]
public sealed class PlantContentTests(PlantFixture plant)
{
    [Fact]
    public async Task Plant_has_a_few_thousand_elements_all_labelled()
    {
        int elements = await plant.ReadAsync(db => db.QueryCount("SELECT count(*) FROM bis.PhysicalElement"));
        Assert.InRange(elements, 2500, 4000);
        Assert.Equal(0, await plant.ReadAsync(db => db.QueryCount("SELECT count(*) FROM bis.PhysicalElement WHERE UserLabel IS NULL OR FederationGuid IS NULL")));
    }

    [Fact]
    public async Task Plant_has_elements_in_every_model_and_category()
    {
        int[] counts = await plant.ReadAsync(db => new[]
        {
            db.QueryCount("SELECT count(*) FROM bis.PhysicalModel"),
            db.QueryCount("SELECT count(DISTINCT Model.Id) FROM bis.PhysicalElement"),
            db.QueryCount("SELECT count(*) FROM bis.SpatialCategory"),
            db.QueryCount("SELECT count(DISTINCT Category.Id) FROM bis.PhysicalElement"),
        });
        Assert.Equal([8, 8, 16, 16], counts);
    }

    [Fact]
    public async Task Categories_have_different_colours()
    {
        List<string> appearances = await plant.ReadAsync(db => db.QueryText("SELECT Properties FROM bis.SubCategory"));
        Assert.Equal(16, appearances.Select(text => (int)JsonNode.Parse(text)!["color"]!).Distinct().Count());
    }

    [Fact]
    public async Task Equipment_has_tags_properties_and_parts()
    {
        (int pumps, int parts, int valves, int instances) = await plant.ReadAsync(db => (
            db.QueryCount("SELECT count(*) FROM plant.Pump WHERE CodeValue LIKE 'P-%' AND FlowRate>0 AND Power>0 AND DesignPressure>0"),
            db.QueryCount("SELECT min(n) FROM (SELECT (SELECT count(*) FROM bis.PhysicalElement c WHERE c.Parent.Id=p.ECInstanceId) n FROM plant.Pump p)"),
            db.QueryCount("SELECT count(*) FROM plant.Valve WHERE NominalDiameter>0"),
            db.QueryCount("SELECT count(*) FROM bis.GeometryPart")));
        Assert.Equal(20, pumps);
        Assert.True(parts >= 10, $"A pump has only {parts} parts");
        Assert.InRange(valves, 60, 200);
        Assert.Equal(7, instances);
    }

    [Fact]
    public async Task Elements_take_up_space_or_are_assemblies()
    {
        List<string> flat = await plant.ReadAsync(db => db.QueryText(
            "SELECT UserLabel FROM bis.PhysicalElement WHERE GeometryStream IS NOT NULL AND (BBoxHigh.X-BBoxLow.X<=0 OR BBoxHigh.Y-BBoxLow.Y<=0 OR BBoxHigh.Z-BBoxLow.Z<=0)"));
        Assert.Empty(flat);
        int without = await plant.ReadAsync(db => db.QueryCount(
            "SELECT count(*) FROM bis.PhysicalElement e WHERE GeometryStream IS NULL AND NOT EXISTS (SELECT 1 FROM bis.PhysicalElement c WHERE c.Parent.Id=e.ECInstanceId)"));
        Assert.Equal(0, without);
    }

    [Fact]
    public async Task ProjectExtents_hold_the_plant_and_little_more()
    {
        JsonNode extents = await plant.ReadAsync(db =>
        {
            using NativeResult props = db.GetProps();
            return JsonNode.Parse(props.Utf8.Span)!["projectExtents"]!;
        });
        double[] low = Corner(extents["low"]!), high = Corner(extents["high"]!);
        Assert.InRange(low[0], -25, 0);
        Assert.InRange(low[1], -25, 0);
        Assert.InRange(low[2], -10, 0);
        Assert.InRange(high[0], 132, 160);
        Assert.InRange(high[1], 92, 120);
        Assert.InRange(high[2], 33, 45);
    }

    [Fact]
    public async Task File_passes_the_integrity_checks_of_the_database()
    {
        (string? integrity, bool violations) = await plant.ReadAsync(db =>
        {
            using var check = new SqliteStatement(db, "PRAGMA integrity_check");
            Assert.True(check.Step());
            string? first = check.GetString(0);
            using var keys = new SqliteStatement(db, "PRAGMA foreign_key_check");
            return (first, keys.Step());
        });
        Assert.Equal("ok", integrity);
        Assert.False(violations);
    }

    private static double[] Corner(JsonNode corner) =>
        corner is JsonArray array ? [.. array.Select(value => (double)value!)] : [(double)corner["x"]!, (double)corner["y"]!, (double)corner["z"]!];
}
