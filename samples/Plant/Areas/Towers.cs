namespace ITwinOrleans.Samples.Plant;

/// <summary>Distillation columns with skirts, heads, platforms and ladders.</summary>
internal static class Towers
{
    /// <summary>Tag, foot, radius and height.</summary>
    public static IReadOnlyList<(string Tag, string Service, Point3 Foot, double Radius, double Height)> All { get; } =
    [
        ("C-201", "Crude distillation column", new Point3(101, 62, 0), 1.8, 31),
        ("C-202", "Naphtha stabiliser", new Point3(110, 62, 0), 1.3, 24),
        ("C-203", "Kerosene stripper", new Point3(118, 62, 0), 1, 18),
    ];

    public static void Build(PlantModel model)
    {
        foreach ((string tag, string service, Point3 foot, double radius, double height) in All)
            Tower(model, tag, service, foot, radius, height);
    }

    private static void Tower(PlantModel model, string tag, string service, Point3 foot, double radius, double height)
    {
        const double Skirt = 2.6;
        string tower = model.Insert(new PlantElement("Vessel", Category.Vessels, $"{service} {tag}")
        {
            Tag = tag,
            Placement = new Placement(foot),
            Geometry = new GeometryStreamBuilder()
                .Cylinder(new(0, 0, Skirt), new(0, 0, height), radius)
                .Ellipsoid(new(0, 0, height), radius, radius, radius / 2)
                .Cylinder(new(0, 0, height * 0.55), new(0, 0, (height * 0.55) + 0.3), radius + 0.06)
                .Colour(new Colour(150, 150, 146)).Cone(new(0, 0, 0.3), new(0, 0, Skirt), radius + 0.25, radius + 0.02),
            Properties = EquipmentParts.Design(service, 6, 360, "capacity", Math.Round(Math.PI * radius * radius * height)),
        });
        EquipmentParts.Add(model, tower, Category.Concrete, $"{tag} foundation", new Placement(foot), new GeometryStreamBuilder().Cylinder(new(0, 0, -0.4), new(0, 0, 0.3), radius + 0.9));
        int platforms = (int)(height / 6);
        double below = 0.1;
        for (int i = 1; i <= platforms; i++)
        {
            double z = (height - 1) * i / platforms;
            double yaw = i % 2 == 0 ? 200 : 250;
            EquipmentParts.Add(model, tower, Category.Platforms, $"{tag} platform {i}", new Placement(foot + new Point3(0, 0, z)), new GeometryStreamBuilder()
                .Cylinder(new(0, 0, -0.06), default, radius + 1.2)
                .Cone(new(0, 0, -0.9), new(0, 0, -0.06), radius + 0.05, radius + 0.7));
            Railing.Round(model, tower, $"{tag} platform {i} railing", foot + new Point3(0, 0, z), radius + 1.15, 12);
            Steel.Ladder(model, tower, $"{tag} ladder {i}", (foot + new Point3(0, 0, below)).OnCircle(radius + 0.75, yaw), z - below, yaw + 90);
            Point3 manway = (foot + new Point3(0, 0, z + 0.9));
            EquipmentParts.Manway(model, tower, Category.Vessels, $"{tag} manway {i}", manway.OnCircle(radius - 0.1, yaw + 60), manway.OnCircle(radius + 0.35, yaw + 60));
            below = z;
        }

        for (int i = 0; i < 6; i++)
        {
            Point3 axis = foot + new Point3(0, 0, Skirt + 1.4 + ((height - Skirt - 3) * i / 6));
            double angle = (i * 77) - 40;
            EquipmentParts.Nozzle(model, tower, Category.Vessels, $"{tag} nozzle N{i + 1}", axis.OnCircle(radius - 0.1, angle), axis.OnCircle(radius + 0.4, angle), 0.11 + (0.02 * (i % 3)));
        }
    }
}
