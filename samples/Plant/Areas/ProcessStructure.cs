using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The open steel structure that carries vessels: columns, beams, joists, gratings, braces, railings and stairs on four levels.</summary>
internal static class ProcessStructure
{
    public const double West = 66, South = 54, Bay = 6, LevelHeight = 5;
    public const int BaysX = 4, BaysY = 3, Levels = 4;

    private const double East = West + (BaysX * Bay), North = South + (BaysY * Bay);

    public static void Build(PlantDb db)
    {
        PlantModel model = db.AddModel("Process Structure");
        string structure = model.Insert(new PlantElement("StructuralMember", Category.StructuralSteel, "Process structure") { Tag = "S-01" });
        Columns(model, structure);
        for (int level = 1; level <= Levels; level++)
        {
            Floor(model, structure, level, level * LevelHeight);
            Rails(model, structure, level, level * LevelHeight);
        }

        Braces(model, structure);
        for (int level = 0; level < Levels; level++)
        {
            bool up = level % 2 == 0;
            Point3 bottom = new(up ? West + 3 : West + 9.2, South - 1.2, level * LevelHeight);
            Steel.Stairs(model, $"ST-{level + 1:00}", bottom, up ? 0 : 180, LevelHeight, 6.2, 1);
            Landing(model, structure, level + 1, up ? West + 9.2 : West + 1.6);
        }
    }

    private static void Columns(PlantModel model, string structure)
    {
        for (int i = 0; i <= BaysX; i++)
        {
            for (int j = 0; j <= BaysY; j++)
            {
                string label = $"Column {(char)('A' + i)}{j + 1}";
                Point3 ground = new(West + (i * Bay), South + (j * Bay), 0);
                Steel.Foot(model, structure, label, ground);
                for (int level = 0; level < Levels; level++)
                {
                    Point3 low = ground with { Z = level == 0 ? 0.23 : level * LevelHeight }, high = ground with { Z = (level + 1) * LevelHeight };
                    Steel.Member(model, structure, $"{label} level {level}", low, high, 0.4, 0.4, $"C-{(char)('A' + i)}{j + 1}-{level}");
                }
            }
        }
    }

    private static void Floor(PlantModel model, string structure, int level, double z)
    {
        double beam = z - 0.25;
        for (int i = 0; i <= BaysX; i++)
        {
            for (int j = 0; j < BaysY; j++)
            {
                double x = West + (i * Bay), y = South + (j * Bay);
                Steel.Member(model, structure, $"Beam {level}-N{i + 1}{j + 1}", new(x, y, beam), new(x, y + Bay, beam), 0.4, 0.2);
            }
        }

        for (int i = 0; i < BaysX; i++)
        {
            for (int j = 0; j <= BaysY; j++)
            {
                double x = West + (i * Bay), y = South + (j * Bay);
                Steel.Member(model, structure, $"Beam {level}-E{i + 1}{j + 1}", new(x, y, beam), new(x + Bay, y, beam), 0.4, 0.2);
                if (j == BaysY)
                    continue;
                for (int joist = 1; joist <= 3; joist++)
                {
                    double offset = y + (joist * Bay / 4);
                    Steel.Member(model, structure, $"Joist {level}-{i + 1}{j + 1}{joist}", new(x, offset, z - 0.14), new(x + Bay, offset, z - 0.14), 0.18, 0.1);
                }

                Grating(model, structure, $"Grating {level}-{i + 1}{j + 1}", x, y, Bay, Bay, z);
            }
        }
    }

    private static void Grating(PlantModel model, string structure, string label, double x, double y, double sizeX, double sizeY, double z) =>
        model.Insert(new PlantElement("StructuralMember", Category.Platforms, label)
        {
            Parent = structure,
            Placement = Placement.At(x, y, z),
            Geometry = new GeometryStreamBuilder().Box(new(0.02, 0.02, -0.05), new(sizeX - 0.02, sizeY - 0.02, 0)),
            Properties = new JsonObject { ["profile"] = "Grating 30x3", ["memberLength"] = sizeX },
        });

    private static void Rails(PlantModel model, string structure, int level, double z)
    {
        string label = $"Railing level {level}";
        Railing.Straight(model, structure, $"{label} east", new(East, South, z), new(East, North, z));
        Railing.Straight(model, structure, $"{label} north", new(East, North, z), new(West, North, z));
        Railing.Straight(model, structure, $"{label} west", new(West, North, z), new(West, South, z));
        Railing.Straight(model, structure, $"{label} south", new(West + 12, South, z), new(East, South, z));
    }

    /// <summary>Where a flight ends and the next begins, outside the south side.</summary>
    private static void Landing(PlantModel model, string structure, int level, double x)
    {
        double z = level * LevelHeight;
        Grating(model, structure, $"Landing {level}", x, South - 1.8, 1.4, 1.8, z);
        Railing.Straight(model, structure, $"Landing {level}", new(x, South - 1.8, z), new(x + 1.4, South - 1.8, z));
        foreach (double at in new[] { x, x + 1.4 })
            Steel.Member(model, structure, $"Landing {level} bracket", new(at, South, z - 0.15), new(at, South - 1.8, z - 0.15), 0.2, 0.1);
    }

    private static void Braces(PlantModel model, string structure)
    {
        for (int level = 0; level < Levels; level++)
        {
            double low = (level * LevelHeight) + 0.3, high = ((level + 1) * LevelHeight) - 0.4;
            foreach (double y in new[] { South, North })
            {
                double x = West + (3 * Bay);
                Steel.Brace(model, structure, $"Brace {level}-X", new(x, y, low), new(x + Bay, y, high));
                Steel.Brace(model, structure, $"Brace {level}-X", new(x + Bay, y, low), new(x, y, high));
            }

            foreach (double x in new[] { West, East })
            {
                double y = South + Bay;
                Steel.Brace(model, structure, $"Brace {level}-Y", new(x, y, low), new(x, y + Bay, high));
                Steel.Brace(model, structure, $"Brace {level}-Y", new(x, y + Bay, low), new(x, y, high));
            }
        }
    }
}
