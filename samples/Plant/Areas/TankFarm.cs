using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>Six storage tanks within their bund, each with a spiral stair, wind girders, nozzles and a railing on the roof.</summary>
internal static class TankFarm
{
    public const double Radius = 6;

    private const double Height = 11, RoofRise = 1.3;

    /// <summary>The centres of the tanks, front row first.</summary>
    public static IReadOnlyList<Point3> Centres { get; } =
        [new(14, 61, 0), new(30, 61, 0), new(46, 61, 0), new(14, 79, 0), new(30, 79, 0), new(46, 79, 0)];

    public static void Build(PlantModel model)
    {
        Bund(model);
        for (int i = 0; i < Centres.Count; i++)
            Tank(model, $"T-{101 + i}", Centres[i], i);
    }

    private static void Bund(PlantModel model)
    {
        foreach ((string side, double x0, double y0, double x1, double y1) in new[]
        {
            ("south", 4.0, 51.5, 54.0, 51.9), ("north", 4.0, 88.6, 54.0, 89.0), ("west", 4.0, 51.9, 4.4, 88.6), ("east", 53.6, 51.9, 54.0, 88.6),
            ("middle", 4.4, 69.8, 53.6, 70.1),
        })
        {
            model.Insert(new PlantElement("CivilObject", Category.Concrete, $"Bund wall {side}")
            {
                Placement = Placement.At(x0, y0),
                Geometry = new GeometryStreamBuilder().Box(new(0, 0, -0.4), new(x1 - x0, y1 - y0, side == "middle" ? 0.7 : 1.3)),
                Properties = new JsonObject { ["material"] = "Concrete C30/37" },
            });
        }

        model.Insert(new PlantElement("CivilObject", Category.Concrete, "Bund floor")
        {
            Placement = Placement.At(4, 51.5),
            Geometry = new GeometryStreamBuilder().Box(new(0, 0, -0.4), new(50, 37.5, 0.05)),
            Properties = new JsonObject { ["material"] = "Concrete C30/37" },
        });
    }

    private static void Tank(PlantModel model, string tag, Point3 centre, int index)
    {
        string[] services = ["Crude feed", "Crude feed", "Naphtha", "Kerosene", "Diesel", "Fire water"];
        var shell = new GeometryStreamBuilder()
            .Cylinder(new(0, 0, 0.4), new(0, 0, Height), Radius)
            .Cone(new(0, 0, Height), new(0, 0, Height + RoofRise), Radius + 0.08, 0.4)
            .Colour(index == 5 ? Colour.SignalRed : new Colour(60, 110, 160)).Cylinder(new(0, 0, 7.4), new(0, 0, 8.2), Radius + 0.05);
        string tank = model.Insert(new PlantElement("Tank", Category.Tanks, $"{services[index]} tank {tag}")
        {
            Tag = tag,
            Placement = new Placement(centre),
            Geometry = shell,
            Properties = EquipmentParts.Design(services[index], 0.1, 60, "capacity", Math.Round(Math.PI * Radius * Radius * Height)),
        });
        EquipmentParts.Add(model, tank, Category.Concrete, $"{tag} ring foundation", new Placement(centre), new GeometryStreamBuilder()
            .Cylinder(new(0, 0, -0.4), new(0, 0, 0.4), Radius + 0.35));
        foreach (double z in new[] { 3.4, 6.4, 9.4, Height })
        {
            EquipmentParts.Add(model, tank, Category.Tanks, $"{tag} wind girder at {z} m", new Placement(centre + new Point3(0, 0, z)), new GeometryStreamBuilder()
                .Ring(default, Radius + 0.03, 0.07));
        }

        SpiralStair(model, tank, tag, centre);
        Railing.Round(model, tank, $"{tag} roof railing", centre + new Point3(0, 0, Height + 0.05), Radius - 0.15, 24);
        foreach ((string name, double angle, double z, double radius) in new[] { ("outlet", -90.0, 1.0, 0.15), ("inlet", 0.0, 1.0, 0.15), ("drain", -60.0, 0.7, 0.06), ("level gauge", -20.0, 1.4, 0.05) })
        {
            Point3 axis = centre + new Point3(0, 0, z);
            EquipmentParts.Nozzle(model, tank, Category.Tanks, $"{tag} {name}", axis.OnCircle(Radius - 0.05, angle), axis.OnCircle(Radius + 0.5, angle), radius);
        }

        Point3 door = centre + new Point3(0, 0, 1.1);
        EquipmentParts.Manway(model, tank, Category.Tanks, $"{tag} manway", door.OnCircle(Radius - 0.05, -120), door.OnCircle(Radius + 0.3, -120));
        Point3 roof = centre + new Point3(0, 0, Height + RoofRise - 0.1);
        EquipmentParts.Nozzle(model, tank, Category.Tanks, $"{tag} vent", roof, roof + new Point3(0, 0, 0.9), 0.14);
    }

    /// <summary>Treads around the shell, from the south-west up to the roof, with a handrail that follows them.</summary>
    private static void SpiralStair(PlantModel model, string tank, string tag, Point3 centre)
    {
        const int Treads = 44;
        const double From = 170, Sweep = 170, Outer = Radius + 0.9;
        Point3 At(int tread, double radius) => (centre + new Point3(0, 0, 0.3 + ((Height - 0.3) * tread / Treads))).OnCircle(radius, From + (Sweep * tread / Treads));
        for (int i = 1; i <= Treads; i++)
        {
            EquipmentParts.Add(
                model, tank, Category.Platforms, $"{tag} stair tread {i}", new Placement(At(i, Radius), From + (Sweep * i / Treads)),
                new GeometryStreamBuilder().Box(new(0.05, -0.24, -0.04), new(0.9, 0.24, 0)));
        }

        const int Step = 4;
        for (int i = 0; i < Treads; i += Step)
        {
            Point3 low = At(i, Outer), high = At(i + Step, Outer);
            double length = (high - low).Length;
            EquipmentParts.Add(model, tank, Category.Platforms, $"{tag} stair handrail {(i / Step) + 1}", Placement.Along(low, high), new GeometryStreamBuilder()
                .Colour(Colour.SafetyYellow).Cylinder(new(0, 0, 1), new(length, 0, 1), 0.025).Cylinder(default, new(0, 0, 1), 0.02)
                .Cylinder(new(0, 0, 0.5), new(length, 0, 0.5), 0.018).Colour(Colour.Steel).Cylinder(default, new(length, 0, 0), 0.05));
        }
    }
}
