using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The control building: walls, windows, doors, a gabled roof and what stands on it.</summary>
internal static class ControlBuilding
{
    private const double Length = 26, Width = 13, Height = 4.6;

    public static void Build(PlantDb db)
    {
        PlantModel model = db.AddModel("Control Building");
        string building = model.Insert(new PlantElement("CivilObject", Category.Buildings, "Control building") { Tag = "B-01" });
        Placement place = Placement.At(98, 5, 0);
        void Add(string label, Category category, GeometryStreamBuilder geometry, string material) =>
            model.Insert(new PlantElement("CivilObject", category, label)
            {
                Parent = building, Placement = place, Geometry = geometry, Properties = new JsonObject { ["material"] = material },
            });

        Add("Floor slab", Category.Concrete, Box(-0.5, -0.5, -0.4, Length + 0.5, Width + 0.5, 0.25), "Concrete C30/37");
        Add("South wall", Category.Buildings, Box(0, 0, 0.25, Length, 0.3, Height), "Brick");
        Add("North wall", Category.Buildings, Box(0, Width - 0.3, 0.25, Length, Width, Height), "Brick");
        Add("West wall", Category.Buildings, Box(0, 0.3, 0.25, 0.3, Width - 0.3, Height), "Brick");
        Add("East wall", Category.Buildings, Box(Length - 0.3, 0.3, 0.25, Length, Width - 0.3, Height), "Brick");
        Point3[] gable = [new(-0.6, -0.7, Height), new(-0.6, Width / 2, Height + 2.2), new(-0.6, Width + 0.7, Height)];
        Add("Roof", Category.Buildings, new GeometryStreamBuilder().Colour(new Colour(150, 84, 66)).Extrusion(gable, new(Length + 1.2, 0, 0)), "Tiles");
        var glass = new Colour(110, 150, 176);
        for (int i = 0; i < 8; i++)
        {
            double x = 1.4 + (i * 3.1);
            Add($"South window {i + 1}", Category.Buildings, Box(glass, x, -0.04, 1.4, x + 1.8, 0.2, 3.2), "Glass");
            Add($"North window {i + 1}", Category.Buildings, Box(glass, x, Width - 0.2, 1.4, x + 1.8, Width + 0.04, 3.2), "Glass");
        }

        for (int i = 0; i < 3; i++)
            Add($"West window {i + 1}", Category.Buildings, Box(glass, -0.04, 1.6 + (i * 3.6), 1.4, 0.2, 3.6 + (i * 3.6), 3.2), "Glass");
        for (int i = 0; i < 2; i++)
            Add($"Door {i + 1}", Category.Buildings, Box(new Colour(60, 92, 120), 25.2 - (i * 22.9), -0.05, 0.25, 26.2 - (i * 22.9) - 0.4, 0.2, 2.4), "Steel");
        for (int i = 0; i < 4; i++)
            Add($"Air conditioner {i + 1}", Category.Buildings, Box(Colour.Steel, 3 + (i * 5.5), Width + 0.6, 0, 4.6 + (i * 5.5), Width + 1.5, 1.5), "Steel");
        Add("Antenna", Category.Buildings, new GeometryStreamBuilder().Colour(Colour.Dark).Cylinder(new(4, Width / 2, Height), new(4, Width / 2, Height + 7), 0.06), "Steel");
    }

    private static GeometryStreamBuilder Box(double x0, double y0, double z0, double x1, double y1, double z1) =>
        new GeometryStreamBuilder().Box(new(x0, y0, z0), new(x1, y1, z1));

    private static GeometryStreamBuilder Box(Colour colour, double x0, double y0, double z0, double x1, double y1, double z1) =>
        new GeometryStreamBuilder().Colour(colour).Box(new(x0, y0, z0), new(x1, y1, z1));
}
