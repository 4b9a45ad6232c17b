namespace ITwinOrleans.Samples.Plant;

/// <summary>Horizontal drums and heat exchangers on saddles, and upright reactors, in the process structure and north of it.</summary>
internal static class Drums
{
    public static void Build(PlantModel model)
    {
        for (int i = 0; i < 3; i++)
            Horizontal(model, "Vessel", Category.Vessels, $"D-{211 + i}", "Reflux drum", new Point3(68 + (i * 8), 67.5, 10), 1.15, 5.2);
        for (int i = 0; i < 4; i++)
            Horizontal(model, "HeatExchanger", Category.HeatExchangers, $"E-{221 + i}", "Overhead condenser", new Point3(67.2 + (i * 6), 57, 15), 0.6, 4.4);
        for (int i = 0; i < 4; i++)
            Horizontal(model, "HeatExchanger", Category.HeatExchangers, $"E-{231 + i}", "Feed preheater", new Point3(67.2 + (i * 6), 57, 5), 0.7, 4.4);
        for (int i = 0; i < 2; i++)
            Horizontal(model, "Vessel", Category.Vessels, $"D-{241 + i}", "Surge drum", new Point3(67 + (i * 12), 82, 0.08), 1.7, 9);
        for (int i = 0; i < 3; i++)
            Reactor(model, $"R-{251 + i}", new Point3(70 + (i * 8), 63, 20));
    }

    private static void Horizontal(PlantModel model, string className, Category category, string tag, string service, Point3 origin, double radius, double length)
    {
        double axis = radius + 0.55;
        bool isExchanger = className == "HeatExchanger";
        var shell = new GeometryStreamBuilder()
            .Cylinder(new(0, 0, axis), new(length, 0, axis), radius)
            .Ellipsoid(new(0, 0, axis), radius / 2, radius, radius)
            .Ellipsoid(new(length, 0, axis), radius / 2, radius, radius);
        if (isExchanger)
        {
            shell.Cylinder(new(0.55, 0, axis), new(0.7, 0, axis), radius + 0.14).Cylinder(new(0.72, 0, axis), new(0.87, 0, axis), radius + 0.14)
                .Cylinder(new(length - 0.5, 0, axis), new(length - 0.35, 0, axis), radius + 0.14);
        }

        string drum = model.Insert(new PlantElement(className, category, $"{service} {tag}")
        {
            Tag = tag,
            Placement = new Placement(origin),
            Geometry = shell,
            Properties = isExchanger
                ? EquipmentParts.Design(service, 12, 220, "duty", Math.Round(900 * radius * length))
                : EquipmentParts.Design(service, 8, 120, "capacity", Math.Round(Math.PI * radius * radius * length, 1)),
        });
        foreach (double x in new[] { length * 0.22, length * 0.78 })
        {
            EquipmentParts.Add(model, drum, Category.Concrete, $"{tag} saddle", new Placement(origin + new Point3(x, 0, 0)), new GeometryStreamBuilder()
                .Box(new(-0.18, -radius * 0.85, 0), new(0.18, radius * 0.85, axis - (radius * 0.55))));
        }

        double high = axis + radius;
        foreach ((string name, double x) in new[] { ("inlet", length * 0.3), ("vapour outlet", length * 0.72) })
            EquipmentParts.Nozzle(model, drum, category, $"{tag} {name}", origin + new Point3(x, 0, high - 0.05), origin + new Point3(x, 0, high + 0.4), 0.12);
        EquipmentParts.Nozzle(model, drum, category, $"{tag} outlet", origin + new Point3(length / 2, 0, axis - radius + 0.05), origin + new Point3(length / 2, 0, axis - radius - 0.4), 0.1);
        if (!isExchanger)
            EquipmentParts.Manway(model, drum, category, $"{tag} manway", origin + new Point3(length * 0.5, 0, high - 0.05), origin + new Point3(length * 0.5, 0, high + 0.3));
    }

    private static void Reactor(PlantModel model, string tag, Point3 foot)
    {
        const double Radius = 1.1, Low = 1, High = 5;
        string reactor = model.Insert(new PlantElement("Vessel", Category.Vessels, $"Hydrotreater {tag}")
        {
            Tag = tag,
            Placement = new Placement(foot),
            Geometry = new GeometryStreamBuilder()
                .Cylinder(new(0, 0, Low), new(0, 0, High), Radius)
                .Ellipsoid(new(0, 0, High), Radius, Radius, Radius * 0.6)
                .Ellipsoid(new(0, 0, Low), Radius, Radius, Radius * 0.6),
            Properties = EquipmentParts.Design("Hydrotreating", 60, 400, "capacity", Math.Round(Math.PI * Radius * Radius * (High - Low), 1)),
        });
        for (int leg = 0; leg < 4; leg++)
        {
            EquipmentParts.Add(model, reactor, Category.StructuralSteel, $"{tag} leg {leg + 1}", new Placement(foot.OnCircle(Radius, 45 + (leg * 90))), new GeometryStreamBuilder()
                .Cylinder(default, new(0, 0, 1.8), 0.12));
        }

        EquipmentParts.Nozzle(model, reactor, Category.Vessels, $"{tag} feed", foot + new Point3(0, 0, High + 0.6), foot + new Point3(0, 0, High + 1.2), 0.16);
        EquipmentParts.Nozzle(model, reactor, Category.Vessels, $"{tag} product", (foot + new Point3(0, 0, 1.6)).OnCircle(Radius, -90), (foot + new Point3(0, 0, 1.6)).OnCircle(Radius + 0.4, -90), 0.14);
    }
}
