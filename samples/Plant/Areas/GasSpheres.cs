namespace ITwinOrleans.Samples.Plant;

/// <summary>Two spherical pressure vessels on legs.</summary>
internal static class GasSpheres
{
    private const double Radius = 5, CentreHeight = 7;

    public static void Build(PlantModel model)
    {
        Sphere(model, "V-301", new Point3(12.5, 11.5, 0));
        Sphere(model, "V-302", new Point3(28.5, 11.5, 0));
    }

    private static void Sphere(PlantModel model, string tag, Point3 foot)
    {
        Point3 centre = foot + new Point3(0, 0, CentreHeight);
        string sphere = model.Insert(new PlantElement("Vessel", Category.Vessels, $"LPG sphere {tag}")
        {
            Tag = tag,
            Placement = new Placement(centre),
            Geometry = new GeometryStreamBuilder().Sphere(default, Radius)
                .Colour(new Colour(60, 110, 160)).Cylinder(new(0, 0, -0.25), new(0, 0, 0.25), Radius + 0.06),
            Properties = EquipmentParts.Design("LPG", 18, 50, "capacity", Math.Round(4.0 / 3 * Math.PI * Math.Pow(Radius, 3))),
        });
        const int Legs = 10;
        for (int i = 0; i < Legs; i++)
        {
            double angle = 360.0 * i / Legs, next = 360.0 * (i + 1) / Legs;
            Point3 leg = foot.OnCircle(Radius - 0.1, angle), neighbour = foot.OnCircle(Radius - 0.1, next);
            EquipmentParts.Add(model, sphere, Category.Concrete, $"{tag} leg {i + 1} base", new Placement(leg, angle), new GeometryStreamBuilder().BoxOn(new(0, 0, -0.3), 1, 1, 0.7));
            EquipmentParts.Add(model, sphere, Category.Vessels, $"{tag} leg {i + 1}", new Placement(leg), new GeometryStreamBuilder()
                .Cylinder(new(0, 0, 0.4), new(0, 0, CentreHeight), 0.24));
            Steel.Brace(model, sphere, $"{tag} brace {i + 1}a", leg + new Point3(0, 0, 0.8), neighbour + new Point3(0, 0, 4.4));
            Steel.Brace(model, sphere, $"{tag} brace {i + 1}b", leg + new Point3(0, 0, 4.4), neighbour + new Point3(0, 0, 0.8));
        }

        Point3 top = centre + new Point3(0, 0, Radius);
        EquipmentParts.Add(model, sphere, Category.Platforms, $"{tag} top platform", new Placement(top + new Point3(0, 0, 0.2)), new GeometryStreamBuilder().Cylinder(default, new(0, 0, 0.06), 1.6));
        Railing.Round(model, sphere, $"{tag} top railing", top + new Point3(0, 0, 0.26), 1.6, 10);
        EquipmentParts.Nozzle(model, sphere, Category.Vessels, $"{tag} relief nozzle", top, top + new Point3(0, 0, 1), 0.15);
        EquipmentParts.Nozzle(model, sphere, Category.Vessels, $"{tag} bottom outlet", centre - new Point3(0, 0, Radius - 0.05), centre - new Point3(0, 0, Radius + 0.7), 0.2);
        Steel.Stairs(model, $"ST-{tag}", foot + new Point3(-Radius - 0.9, -8.2, 0.1), 90, CentreHeight - 0.1, 8.2, 0.9);
        Point3 landing = centre + new Point3(-Radius - 1.35, 0, 0);
        EquipmentParts.Add(model, sphere, Category.Platforms, $"{tag} landing", new Placement(landing), new GeometryStreamBuilder().Box(new(0, 0, -0.06), new(2, 1.4, 0)));
        Railing.Straight(model, sphere, $"{tag} landing railing", landing + new Point3(0, 1.4, 0), landing + new Point3(1.5, 1.4, 0));
    }
}
