using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>Yellow guard rails.</summary>
internal static class Railing
{
    private const double Height = 1.1, PostSpacing = 1.8, Bar = 0.025;

    /// <summary>A straight railing: posts, and one element with the rails and the toe board.</summary>
    public static void Straight(PlantModel model, string? parent, string label, Point3 start, Point3 end)
    {
        double length = (end - start).Length;
        int spaces = Math.Max(1, (int)Math.Round(length / PostSpacing));
        Point3 step = (end - start) * (1.0 / spaces);
        for (int i = 0; i <= spaces; i++)
            Post(model, parent, $"{label} post {i + 1}", start + (step * i));
        var rails = new GeometryStreamBuilder().Colour(Colour.SafetyYellow);
        foreach (double z in new[] { Height, Height / 2 })
            rails.Cylinder(new(0, 0, z), new(length, 0, z), Bar);
        rails.Box(new(0, -0.01, 0), new(length, 0.01, 0.12));
        model.Insert(new PlantElement("StructuralMember", Category.Platforms, $"{label} rails")
        {
            Parent = parent,
            Placement = Placement.Along(start, end),
            Geometry = rails,
            Properties = new JsonObject { ["profile"] = "CHS 48", ["memberLength"] = length },
        });
    }

    /// <summary>A railing around the rim of something round.</summary>
    public static void Round(PlantModel model, string? parent, string label, Point3 centre, double radius, int posts)
    {
        for (int i = 0; i < posts; i++)
            Post(model, parent, $"{label} post {i + 1}", centre.OnCircle(radius, 360.0 * i / posts));
        model.Insert(new PlantElement("StructuralMember", Category.Platforms, $"{label} rails")
        {
            Parent = parent,
            Placement = new Placement(centre),
            Geometry = new GeometryStreamBuilder().Colour(Colour.SafetyYellow)
                .Ring(new(0, 0, Height), radius, Bar).Ring(new(0, 0, Height / 2), radius, Bar),
            Properties = new JsonObject { ["profile"] = "CHS 48", ["memberLength"] = 2 * Math.PI * radius },
        });
    }

    private static void Post(PlantModel model, string? parent, string label, Point3 foot) =>
        model.Insert(new PlantElement("StructuralMember", Category.Platforms, label)
        {
            Parent = parent,
            Placement = new Placement(foot),
            Geometry = new GeometryStreamBuilder().Colour(Colour.SafetyYellow).Cylinder(default, new(0, 0, Height), Bar),
            Properties = new JsonObject { ["profile"] = "CHS 48", ["memberLength"] = Height },
        });
}
