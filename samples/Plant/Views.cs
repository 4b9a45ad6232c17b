using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The saved views, with what they show and how.</summary>
internal static class Views
{
    private const int SmoothShade = 6;

    /// <summary>The isometric elevation: atan(1/sqrt 2).</summary>
    private const double Isometric = 35.26438968;

    /// <summary>Inserts the views and gives the id of the default one.</summary>
    public static string Build(PlantDb db)
    {
        string models = db.InsertDefinition("ModelSelector", "All models", new JsonObject { ["models"] = Ids(db.Models.Select(model => model.Id)) });
        string categories = db.InsertDefinition("CategorySelector", "All categories", new JsonObject { ["categories"] = Ids(db.Categories.All) });
        string shaded = Style(db, "Shaded", withEdges: false), edges = Style(db, "Shaded with edges", withEdges: true);
        var plant = new Range3(new(-4, -4, 0), new(Site.Width + 4, Site.Depth + 4, 26));

        string Add(string name, string style, double azimuth, double elevation, Range3 range) =>
            View(db, name, (models, categories, style), new ViewRotation(azimuth, elevation), range);

        string iso = Add("Iso", shaded, 225, Isometric, plant);
        Add("Top", shaded, 270, 90, plant);
        Add("Pump detail", edges, 250, 24, new(new(68, 31, 0), new(82, 39, 4)));
        Add("Rack", edges, 248, 16, new(new(4, 39, 0), new(52, 47, 12)));
        Add("Tank farm", shaded, 250, 28, new(new(4, 51, 0), new(54, 89, 13)));
        Add("Process area", shaded, 300, 22, new(new(64, 50, 0), new(122, 86, 32)));
        return iso;
    }

    private static string View(PlantDb db, string name, (string Models, string Categories, string Style) shows, ViewRotation rotation, Range3 range)
    {
        Range3 inView = Range3.Around(range.Corners.Select(rotation.ToView));
        (double yaw, double pitch, double roll) = rotation.Angles;
        return db.InsertDefinition(
            "OrthographicViewDefinition",
            name,
            new JsonObject
            {
                ["modelSelectorId"] = shows.Models,
                ["categorySelectorId"] = shows.Categories,
                ["displayStyleId"] = shows.Style,
                ["cameraOn"] = false,
                ["origin"] = GeometryStreamBuilder.Json(rotation.ToWorld(inView.Low)),
                ["extents"] = GeometryStreamBuilder.Json(inView.High - inView.Low),
                ["angles"] = new JsonObject { ["yaw"] = yaw, ["pitch"] = pitch, ["roll"] = roll },
                ["camera"] = new JsonObject { ["lens"] = 90, ["focusDist"] = 1, ["eye"] = new JsonArray(0, 0, 0) },
            },
            "ViewDefinition");
    }

    private static string Style(PlantDb db, string name, bool withEdges) => db.InsertDefinition(
        "DisplayStyle3d",
        name,
        new JsonObject
        {
            ["jsonProperties"] = new JsonObject
            {
                ["styles"] = new JsonObject
                {
                    ["viewflags"] = new JsonObject { ["renderMode"] = SmoothShade, ["noConstruct"] = true, ["visEdges"] = withEdges },
                    ["backgroundColor"] = new Colour(232, 240, 247).Value,

                    // Brighter and less glossy than a viewer's defaults: a plant's surfaces are dull.
                    ["lights"] = new JsonObject
                    {
                        ["ambient"] = new JsonObject { ["intensity"] = 0.35 },
                        ["portrait"] = new JsonObject { ["intensity"] = 0.4 },
                        ["specularIntensity"] = 0.3,
                    },
                },
            },
        },
        "DisplayStyle");

    private static JsonArray Ids(IEnumerable<string> ids) => new([.. ids.Select(id => (JsonNode)id)]);
}
