using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The pumps south of the rack, each with motor, base, suction and discharge piping.</summary>
internal static class Pumps
{
    private const double Spacing = 4.4, Row = 35;

    public static void Build(PlantDb db)
    {
        PlantModel model = db.AddModel("Pumps");
        for (int i = 0; i < 10; i++)
            Pump(model, $"P-{201 + i}", i % 2 == 0 ? "Crude charge" : "Product transfer", new Point3(10.5 + (i * Spacing), Row, 0.1), i);
        for (int i = 0; i < 10; i++)
            Pump(model, $"P-{301 + i}", i % 2 == 0 ? "Reflux" : "Condensate", new Point3(69 + (i * Spacing), Row, 0.1), i);
        new PipeRoute(model, Category.ProcessPiping, "L-1701", 0.2, new Colour(176, 150, 112)) { Fluid = "Crude" }.Build(new(8.5, 32, 1.05), new(53.5, 32, 1.05));
        new PipeRoute(model, Category.ProcessPiping, "L-1702", 0.2) { Fluid = "Reflux" }.Build(new(67, 32, 1.05), new(112, 32, 1.05));
    }

    private static void Pump(PlantModel model, string tag, string service, Point3 foot, int index)
    {
        string pump = model.Insert(new PlantElement("Pump", Category.Pumps, $"{service} pump {tag}")
        {
            Tag = tag,
            Placement = new Placement(foot),
            Geometry = new GeometryStreamBuilder()
                .Cylinder(new(-0.28, 0, 0.95), new(0.28, 0, 0.95), 0.42)
                .Ellipsoid(new(-0.28, 0, 0.95), 0.15, 0.4, 0.4)
                .Cylinder(new(0.28, 0, 0.95), new(0.75, 0, 0.95), 0.2)
                .Cylinder(new(0, 0.28, 0.95), new(0, 0.28, 1.55), 0.13)
                .Box(new(-0.2, -0.25, 0.35), new(0.2, 0.25, 0.7)),
            Properties = WithPower(EquipmentParts.Design(service, 16, 150, "flowRate", 120 + (index * 15)), 45 + (index * 7.5)),
        });
        EquipmentParts.Add(model, pump, Category.Concrete, $"{tag} plinth", new Placement(foot), new GeometryStreamBuilder().Box(new(-0.9, -0.6, -0.1), new(2.4, 0.6, 0.25)));
        var frame = new GeometryStreamBuilder().Colour(Colour.Dark).Box(new(-0.75, -0.5, 0.25), new(2.25, 0.5, 0.35));
        foreach ((double x, double y) in new[] { (-0.65, -0.42), (0.75, -0.42), (2.15, -0.42), (-0.65, 0.42), (0.75, 0.42), (2.15, 0.42) })
            frame.Part(model.Parts.AnchorBolt, Placement.At(x, y, 0.35));
        EquipmentParts.Add(model, pump, Category.Pumps, $"{tag} base frame", new Placement(foot), frame);
        EquipmentParts.Add(model, pump, Category.Pumps, $"{tag} motor", new Placement(foot + new Point3(1.12, 0, 0.35)), new GeometryStreamBuilder()
            .Colour(new Colour(72, 126, 96)).Box(new(0, -0.24, 0), new(0.9, 0.24, 0.28)).Part(model.Parts.Motor, Placement.At(0, 0, 0.28), 1.05));
        EquipmentParts.Add(model, pump, Category.Pumps, $"{tag} coupling guard", new Placement(foot + new Point3(0.72, 0, 0.95)), new GeometryStreamBuilder()
            .Colour(Colour.SafetyYellow).Cylinder(default, new(0.42, 0, 0), 0.17));
        EquipmentParts.Add(model, pump, Category.Electrical, $"{tag} push button", new Placement(foot + new Point3(2.5, -0.9, 0)), new GeometryStreamBuilder()
            .Colour(Colour.Steel).Cylinder(default, new(0, 0, 1.1), 0.04).Box(new(-0.12, -0.08, 1.1), new(0.12, 0.08, 1.4))
            .Colour(Colour.SignalRed).Cylinder(new(0, -0.08, 1.3), new(0, -0.12, 1.3), 0.04));

        // Suction: from the header in the south into the casing. Discharge: up and over to the rack's first tier.
        Point3 centre = foot + new Point3(0, 0, 0.95);
        new PipeRoute(model, Category.ProcessPiping, $"{tag}-S", 0.13) { Assembly = pump, Valves = [0] }
            .Build(new(centre.X, 32.15, 1.05), new(centre.X, centre.Y - 0.4, 1.05));
        double rack = PipeRack.South + 0.75 + (index % 6 * 0.9);
        new PipeRoute(model, Category.ProcessPiping, $"{tag}-D", 0.11) { Assembly = pump, Valves = [0, 1] }
            .Build(new(centre.X, centre.Y + 0.28, 1.65), new(centre.X, centre.Y + 0.28, 3.1), new(centre.X, 38.9, 3.1), new(centre.X, 38.9, 7), new(centre.X, rack + 0.9, 7));
    }

    private static JsonObject WithPower(JsonObject properties, double power)
    {
        properties["power"] = power;
        return properties;
    }
}
