using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>Columns, beams, braces, ladders and stairs.</summary>
internal static class Steel
{
    /// <summary>An I or H profile from one point to another.</summary>
    public static void Member(PlantModel model, string? parent, string label, Point3 start, Point3 end, double height, double width, string? tag = null)
    {
        double length = (end - start).Length;
        model.Insert(new PlantElement("StructuralMember", Category.StructuralSteel, label)
        {
            Tag = tag,
            Parent = parent,
            Placement = Placement.Along(start, end),
            Geometry = new GeometryStreamBuilder().ISection(length, height, width),
            Properties = new JsonObject { ["profile"] = $"I {height * 1000:0}x{width * 1000:0}", ["memberLength"] = length },
        });
    }

    /// <summary>A round brace.</summary>
    public static void Brace(PlantModel model, string? parent, string label, Point3 start, Point3 end)
    {
        double length = (end - start).Length;
        model.Insert(new PlantElement("StructuralMember", Category.StructuralSteel, label)
        {
            Parent = parent,
            Placement = Placement.Along(start, end),
            Geometry = new GeometryStreamBuilder().Cylinder(default, new(length, 0, 0), 0.07),
            Properties = new JsonObject { ["profile"] = "CHS 140", ["memberLength"] = length },
        });
    }

    /// <summary>The foot of a column: a plate with four anchor bolts on a concrete base.</summary>
    public static void Foot(PlantModel model, string? parent, string label, Point3 ground)
    {
        model.Insert(new PlantElement("CivilObject", Category.Concrete, $"{label} foundation")
        {
            Parent = parent,
            Placement = new Placement(ground),
            Geometry = new GeometryStreamBuilder().BoxOn(new(0, 0, -0.3), 1, 1, 0.5),
            Properties = new JsonObject { ["material"] = "Concrete C30/37" },
        });
        var plate = new GeometryStreamBuilder().BoxOn(default, 0.6, 0.6, 0.03).Colour(Colour.Dark);
        foreach ((double x, double y) in new[] { (-0.24, -0.24), (0.24, -0.24), (0.24, 0.24), (-0.24, 0.24) })
            plate.Part(model.Parts.AnchorBolt, Placement.At(x, y, 0.03));
        model.Insert(new PlantElement("StructuralMember", Category.StructuralSteel, $"{label} base plate")
        {
            Parent = parent,
            Placement = new Placement(ground + new Point3(0, 0, 0.2)),
            Geometry = plate,
            Properties = new JsonObject { ["profile"] = "PL 600x30", ["memberLength"] = 0.6 },
        });
    }

    /// <summary>A caged ladder that goes up in front of a wall; the wall is on the side of the ladder's own y axis.</summary>
    public static void Ladder(PlantModel model, string? parent, string label, Point3 foot, double height, double yaw)
    {
        var ladder = new GeometryStreamBuilder().Colour(Colour.SafetyYellow)
            .Cylinder(new(-0.25, 0, 0), new(-0.25, 0, height + 1), 0.03)
            .Cylinder(new(0.25, 0, 0), new(0.25, 0, height + 1), 0.03);
        for (double z = 0.3; z < height; z += 0.45)
            ladder.Cylinder(new(-0.25, 0, z), new(0.25, 0, z), 0.018);
        for (double z = 2.4; z < height + 1; z += 1.2)
            ladder.Torus(new(0, 0, z), new(1, 0, 0), new(0, -1, 0), 0.38, 0.02, 180);
        model.Insert(new PlantElement("StructuralMember", Category.Platforms, label)
        {
            Parent = parent,
            Placement = new Placement(foot, yaw),
            Geometry = ladder,
            Properties = new JsonObject { ["profile"] = "Ladder with cage", ["memberLength"] = height },
        });
    }

    /// <summary>A flight of stairs up along a direction of the ground plan, with treads, stringers and railings.</summary>
    public static void Stairs(PlantModel model, string tag, Point3 bottom, double yaw, double rise, double run, double width)
    {
        string stair = model.Insert(new PlantElement("StructuralMember", Category.Platforms, $"Stair {tag}") { Tag = tag });
        int treads = (int)Math.Round(rise / 0.2);
        Point3 along = default(Point3).OnCircle(1, yaw), side = default(Point3).OnCircle(width / 2, yaw + 90);
        for (int i = 1; i < treads; i++)
        {
            model.Insert(new PlantElement("StructuralMember", Category.Platforms, $"{tag} tread {i}")
            {
                Parent = stair,
                Placement = new Placement(bottom + (along * (run * i / treads)) + new Point3(0, 0, rise * i / treads), yaw),
                Geometry = new GeometryStreamBuilder().Box(new(-0.15, -width / 2, -0.04), new(0.15, width / 2, 0)),
                Properties = new JsonObject { ["profile"] = "Grating tread", ["memberLength"] = width },
            });
        }

        Point3 top = bottom + (along * run) + new Point3(0, 0, rise);
        foreach ((string hand, Point3 offset) in new[] { ("left", side), ("right", side * -1) })
        {
            Member(model, stair, $"{tag} {hand} stringer", bottom + offset, top + offset, 0.25, 0.08);
            double length = (top - bottom).Length;
            var rail = new GeometryStreamBuilder().Colour(Colour.SafetyYellow).Cylinder(new(0, 0, 0.95), new(length, 0, 0.95), 0.025);
            for (int post = 0; post <= 4; post++)
                rail.Cylinder(new(length * post / 4, 0, 0), new(length * post / 4, 0, 0.95), 0.02);
            model.Insert(new PlantElement("StructuralMember", Category.Platforms, $"{tag} {hand} handrail")
            {
                Parent = stair,
                Placement = Placement.Along(bottom + offset, top + offset),
                Geometry = rail,
                Properties = new JsonObject { ["profile"] = "CHS 48", ["memberLength"] = length },
            });
        }
    }
}
