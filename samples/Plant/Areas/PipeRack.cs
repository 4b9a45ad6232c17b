using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The pipe rack from west to east: two tiers of pipes and one of cable trays.</summary>
internal static class PipeRack
{
    public const double West = 6, South = 40, North = 46, Bay = 6;
    public const int Bays = 20;

    /// <summary>The heights of the tiers' beams, upper edge.</summary>
    public static IReadOnlyList<double> Tiers { get; } = [6, 8.6, 11.2];

    private static double East => West + (Bays * Bay);

    public static void Build(PlantDb db)
    {
        PlantModel model = db.AddModel("Pipe Rack");
        string rack = model.Insert(new PlantElement("StructuralMember", Category.StructuralSteel, "Pipe rack") { Tag = "PR-01" });
        for (int i = 0; i <= Bays; i++)
            Frame(model, rack, i + 1, West + (i * Bay));
        for (int i = 0; i < Bays; i++)
        {
            double x = West + (i * Bay);
            foreach ((string side, double y) in new[] { ("S", South), ("N", North) })
            {
                foreach (double z in new[] { 4.6, 7.4, Tiers[2] - 0.2 })
                    Steel.Member(model, rack, $"Strut {i + 1}{side} at {z:0.0} m", new(x, y, z), new(x + Bay, y, z), 0.24, 0.16);
                if (i % 5 != 2)
                    continue;
                Steel.Brace(model, rack, $"Brace {i + 1}{side}a", new(x, y, 0.4), new(x + Bay, y, 4.5));
                Steel.Brace(model, rack, $"Brace {i + 1}{side}b", new(x + Bay, y, 0.4), new(x, y, 4.5));
            }
        }
    }

    private static void Frame(PlantModel model, string rack, int number, double x)
    {
        foreach ((string side, double y) in new[] { ("S", South), ("N", North) })
        {
            Steel.Foot(model, rack, $"Rack column {number}{side}", new(x, y, 0));
            Steel.Member(model, rack, $"Rack column {number}{side}", new(x, y, 0.23), new(x, y, Tiers[2]), 0.32, 0.3, $"PR-{number:00}{side}");
        }

        for (int tier = 0; tier < Tiers.Count; tier++)
            Steel.Member(model, rack, $"Rack beam {number}-{tier + 1}", new(x, South, Tiers[tier] - 0.18), new(x, North, Tiers[tier] - 0.18), 0.36, 0.2);
    }

    /// <summary>The pipes of the two lower tiers, in the model of the piping.</summary>
    public static void BuildPipes(PlantModel model)
    {
        (string Tag, string Fluid, double Radius, bool IsUtility, Colour? Colour)[] lines =
        [
            ("L-1001", "Crude", 0.20, false, new Colour(176, 150, 112)), ("L-1002", "Naphtha", 0.15, false, null), ("L-1003", "Kerosene", 0.15, false, null),
            ("L-1004", "Diesel", 0.12, false, new Colour(186, 164, 96)), ("L-1005", "LPG", 0.10, false, new Colour(214, 188, 84)), ("L-1006", "Residue", 0.20, false, null),
            ("U-2001", "Cooling water supply", 0.22, true, null), ("U-2002", "Cooling water return", 0.22, true, null), ("U-2003", "Steam", 0.16, true, Colour.White),
            ("U-2004", "Condensate", 0.09, true, new Colour(120, 170, 150)), ("U-2005", "Instrument air", 0.06, true, new Colour(110, 160, 214)), ("U-2006", "Fire water", 0.14, true, Colour.SignalRed),
        ];
        for (int i = 0; i < lines.Length; i++)
        {
            (string tag, string fluid, double radius, bool isUtility, Colour? colour) = lines[i];
            double y = South + 0.75 + (i % 6 * 0.9), z = Tiers[i / 6] + 0.12 + radius;
            Category category = isUtility ? Category.UtilityPiping : Category.ProcessPiping;
            new PipeRoute(model, category, tag, radius, colour) { Fluid = fluid }
                .Build(new Point3(West - 1.5, y, z), new Point3(East + 1.5, y, z));
            for (int frame = 0; frame <= Bays; frame += 2)
                Shoe(model, tag, new Point3(West + (frame * Bay), y, Tiers[i / 6]), radius);
        }
    }

    private static void Shoe(PlantModel model, string line, Point3 at, double radius) =>
        model.Insert(new PlantElement("PipingComponent", Category.StructuralSteel, $"Shoe of {line}")
        {
            Placement = new Placement(at),
            Geometry = new GeometryStreamBuilder().Box(new(-0.15, -0.06, 0), new(0.15, 0.06, 0.12 + (radius * 0.4))),
            Properties = new JsonObject { ["componentLength"] = 0.3 },
        });
}
