using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The ground: terrain, roads, pads, a fence, trees and lamps.</summary>
internal static class Site
{
    /// <summary>The plant's platform, within its fence.</summary>
    public const double Width = 132, Depth = 92;

    public static void Build(PlantDb db)
    {
        PlantModel model = db.AddModel("Site");
        Terrain(model);
        Paving(model);
        Fence(model);
        Trees(model);
        Lamps(model);
    }

    /// <summary>A grid that is flat within the fence and rolls outside it.</summary>
    private static void Terrain(PlantModel model)
    {
        const double Margin = 16, Cell = 4;
        int columns = (int)((Width + (2 * Margin)) / Cell), rows = (int)((Depth + (2 * Margin)) / Cell);
        var points = new List<Point3>();
        var faces = new List<int[]>();
        for (int row = 0; row <= rows; row++)
        {
            for (int column = 0; column <= columns; column++)
            {
                double x = (column * Cell) - Margin, y = (row * Cell) - Margin;
                double outside = Math.Max(Math.Max(-x, x - Width), Math.Max(-y, y - Depth));
                double hill = Math.Max(0, outside - 2) * 0.12 * (1 + Math.Sin((x * 0.11) + (y * 0.07)));
                points.Add(new Point3(x, y, -0.15 + (y > Depth || x > Width ? hill : -hill * 0.5)));
                if (row == 0 || column == 0)
                    continue;
                int last = points.Count - 1, below = last - columns - 1;
                faces.Add([below - 1, below, last]);
                faces.Add([below - 1, last, last - 1]);
            }
        }

        model.Insert(new PlantElement("SiteObject", Category.Terrain, "Terrain") { Tag = "TERRAIN", Geometry = new GeometryStreamBuilder().Mesh(points, faces) });
    }

    private static void Paving(PlantModel model)
    {
        Slab(model, Category.Paving, "South road", 0, 23, Width, 29, 0.05);
        Slab(model, Category.Paving, "Cross road", 56, 29, 62, 90, 0.05);
        Slab(model, Category.Paving, "Gate road", 56, -14, 62, 23, 0.05);
        Slab(model, Category.Paving, "Car park", 66, 3, 84, 9, 0.05);
        Slab(model, Category.Concrete, "Pump pad", 8, 31, 54, 38.5, 0.1);
        Slab(model, Category.Concrete, "Utility pump pad", 66, 31, 126, 38.5, 0.1);
        Slab(model, Category.Concrete, "Process area paving", 64, 50, 130, 90, 0.08);
        Slab(model, Category.Concrete, "Sphere pad", 4, 3, 38, 20, 0.1);
        Slab(model, Category.Concrete, "Cooling tower basin", 41, 4, 53, 20, 0.6);
        for (double x = 3; x < Width; x += 6)
            Line(model, $"South road marking {x / 6:0}", x, 25.9, x + 3, 26.1);
        for (double y = 31; y < 90; y += 6)
            Line(model, $"Cross road marking {y / 6:0}", 58.9, y, 59.1, y + 3);
        for (int i = 0; i <= 7; i++)
            Line(model, $"Parking line {i + 1}", 67 + (i * 2.3), 3.3, 67.1 + (i * 2.3), 8);
    }

    private static void Slab(PlantModel model, Category category, string label, double x0, double y0, double x1, double y1, double top) =>
        model.Insert(new PlantElement("CivilObject", category, label)
        {
            Placement = Placement.At(x0, y0),
            Geometry = new GeometryStreamBuilder().Box(new(0, 0, -0.4), new(x1 - x0, y1 - y0, top)),
            Properties = new JsonObject { ["material"] = category == Category.Paving ? "Asphalt" : "Concrete C30/37" },
        });

    private static void Line(PlantModel model, string label, double x0, double y0, double x1, double y1) =>
        model.Insert(new PlantElement("SiteObject", Category.Paving, label)
        {
            Placement = Placement.At(x0, y0, 0.05),
            Geometry = new GeometryStreamBuilder().Colour(Colour.White).Box(default, new(x1 - x0, y1 - y0, 0.015)),
        });

    private static void Fence(PlantModel model)
    {
        string fence = model.Insert(new PlantElement("SiteObject", Category.Landscape, "Fence") { Tag = "FENCE" });
        Point3[] corners = [new(0, 0, 0), new(Width, 0, 0), new(Width, Depth, 0), new(0, Depth, 0), new(0, 0, 0)];
        int number = 0;
        for (int side = 0; side < 4; side++)
        {
            Point3 start = corners[side], way = corners[side + 1] - start;
            int panels = (int)Math.Round(way.Length / 4);
            for (int i = 0; i < panels; i++)
            {
                Point3 from = start + (way * ((double)i / panels)), to = start + (way * ((i + 1.0) / panels));
                bool isGate = side == 0 && to.X > 55 && from.X < 63;
                if (!isGate)
                    FencePanel(model, fence, ++number, from, to);
            }
        }
    }

    private static void FencePanel(PlantModel model, string fence, int number, Point3 from, Point3 to)
    {
        double length = (to - from).Length;
        model.Insert(new PlantElement("SiteObject", Category.Landscape, $"Fence post {number}")
        {
            Parent = fence,
            Placement = new Placement(from),
            Geometry = new GeometryStreamBuilder().Colour(Colour.Dark).Cylinder(new(0, 0, -0.4), new(0, 0, 2.2), 0.05),
        });
        model.Insert(new PlantElement("SiteObject", Category.Landscape, $"Fence panel {number}")
        {
            Parent = fence,
            Placement = Placement.Along(from, to),
            Geometry = new GeometryStreamBuilder().Colour(Colour.Steel, 0.55).Box(new(0.05, -0.01, 0.1), new(length - 0.05, 0.01, 2))
                .Colour(Colour.Dark).Cylinder(new(0, 0, 2.05), new(length, 0, 2.05), 0.025),
        });
    }

    private static void Trees(PlantModel model)
    {
        const int Count = 46;
        for (int i = 0; i < Count; i++)
        {
            // Two rows outside the fence, north and east, not quite regular.
            double along = i * 4.7, wave = Math.Sin(i * 2.4), size = 1.1 + (0.3 * Math.Sin(i * 1.7));
            Placement place = along < Width
                ? Placement.At(along + wave, Depth + 6 + (2.2 * wave), 0, i * 40)
                : Placement.At(Width + 6 + (2.2 * wave), along - Width + 2 + wave, 0, i * 40);
            bool isConifer = i % 3 == 1;
            model.Insert(new PlantElement("SiteObject", Category.Landscape, $"{(isConifer ? "Spruce" : "Lime tree")} {i + 1}")
            {
                Placement = place,
                Geometry = new GeometryStreamBuilder()
                    .Part(isConifer ? model.Parts.Conifer : model.Parts.Broadleaf, default, size)
                    .Colour(new Colour(112, 86, 60)).Cylinder(new(0, 0, -0.5), new(0, 0, 2.2 * size), 0.16),
            });
        }
    }

    private static void Lamps(PlantModel model)
    {
        int number = 0;
        for (double x = 4; x < Width; x += 12)
            Lamp(model, ++number, x, 22.2);
        for (double y = 50; y < 90; y += 12)
            Lamp(model, ++number, 55, y);
    }

    private static void Lamp(PlantModel model, int number, double x, double y) =>
        model.Insert(new PlantElement("SiteObject", Category.Landscape, $"Street lamp {number}")
        {
            Tag = $"LP-{number:00}",
            Placement = Placement.At(x, y, 0, x < 55.5 && y > 30 ? -90 : 0),
            Geometry = new GeometryStreamBuilder().Colour(Colour.Steel)
                .Cone(default, new(0, 0, 7), 0.1, 0.06)
                .Cylinder(new(0, 0, 7), new(0, 1.4, 7.3), 0.05)
                .Colour(Colour.White).Box(new(-0.15, 1.1, 7.2), new(0.15, 1.9, 7.35)),
        });
}
