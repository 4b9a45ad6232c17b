using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>The substation and the cable trays on the rack's top tier.</summary>
internal static class Electrical
{
    public static void Build(PlantDb db)
    {
        PlantModel model = db.AddModel("Electrical");
        for (int i = 0; i < 2; i++)
            Transformer(model, $"TR-{501 + i}", new Point3(68.5 + (i * 7), 15.5, 0));
        for (int i = 0; i < 12; i++)
            Cabinet(model, $"MCC-{i + 1:00}", new Point3(84.5, 10.4 + (i * 0.85), 0));
        Trays(model);
        Risers(model);
    }

    private static void Transformer(PlantModel model, string tag, Point3 foot)
    {
        string transformer = model.Insert(new PlantElement("ElectricalEquipment", Category.Electrical, $"Transformer {tag}")
        {
            Tag = tag,
            Placement = new Placement(foot),
            Geometry = new GeometryStreamBuilder().Box(new(-1.4, -0.9, 0.4), new(1.4, 0.9, 2.6)).Cylinder(new(-1, 0.6, 3.1), new(1, 0.6, 3.1), 0.3),
            Properties = EquipmentParts.Design("Power", 0.3, 95, "voltage", 20000),
        });
        EquipmentParts.Add(model, transformer, Category.Concrete, $"{tag} pad", new Placement(foot), new GeometryStreamBuilder().BoxOn(new(0, 0, -0.3), 5.4, 4.4, 0.7));
        foreach (double y in new[] { -1.35, 1.35 })
        {
            for (int fin = 0; fin < 8; fin++)
            {
                EquipmentParts.Add(model, transformer, Category.Electrical, $"{tag} radiator fin", new Placement(foot + new Point3(-1.2 + (fin * 0.34), y, 0.7)), new GeometryStreamBuilder()
                    .Box(new(-0.03, -0.42, 0), new(0.03, 0.42, 1.6)));
            }
        }

        for (int i = 0; i < 3; i++)
        {
            var insulator = new GeometryStreamBuilder().Colour(new Colour(140, 78, 60)).Cylinder(default, new(0, 0, 0.9), 0.07);
            for (double z = 0.15; z < 0.8; z += 0.15)
                insulator.Cylinder(new(0, 0, z), new(0, 0, z + 0.05), 0.14);
            EquipmentParts.Add(model, transformer, Category.Electrical, $"{tag} bushing {i + 1}", new Placement(foot + new Point3(-0.8 + (i * 0.8), -0.3, 2.6)), insulator);
        }
    }

    private static void Cabinet(PlantModel model, string tag, Point3 foot) => model.Insert(new PlantElement("ElectricalEquipment", Category.Electrical, $"Motor control centre {tag}")
    {
        Tag = tag,
        Placement = new Placement(foot),
        Geometry = new GeometryStreamBuilder().Colour(new Colour(206, 208, 200)).Box(new(0, 0.02, 0), new(0.7, 0.83, 2.2))
            .Colour(Colour.Dark).Box(new(-0.02, 0.68, 1), new(0, 0.74, 1.25)).Box(new(-0.02, 0.2, 1.7), new(0, 0.6, 1.95)),
        Properties = EquipmentParts.Design("Motor control", 0, 40, "voltage", 400),
    });

    private static void Trays(PlantModel model)
    {
        for (int tray = 0; tray < 2; tray++)
        {
            double y = PipeRack.South + 1.2 + (tray * 3.6);
            string line = model.Insert(new PlantElement("CableTray", Category.CableTrays, $"Cable tray run {tray + 1}")
            {
                Tag = $"CTR-{tray + 1:00}", Properties = new JsonObject { ["trayWidth"] = 0.9 },
            });
            for (int bay = 0; bay < PipeRack.Bays; bay++)
            {
                Point3 at = new(PipeRack.West + (bay * PipeRack.Bay), y, PipeRack.Tiers[2]);
                Tray(model, line, $"Cable tray {tray + 1}-{bay + 1}", at, PipeRack.Bay);
            }
        }
    }

    private static void Tray(PlantModel model, string line, string label, Point3 at, double length)
    {
        model.Insert(new PlantElement("CableTray", Category.CableTrays, label)
        {
            Parent = line,
            Placement = new Placement(at),
            Geometry = new GeometryStreamBuilder().Channel(length - 0.02, 0.9, 0.15, 0.015),
            Properties = new JsonObject { ["trayWidth"] = 0.9 },
        });
        var cables = new GeometryStreamBuilder();
        Colour[] colours = [Colour.Dark, new(40, 40, 44), new(150, 60, 44), Colour.Dark, new(58, 88, 140)];
        for (int i = 0; i < colours.Length; i++)
            cables.Colour(colours[i]).Cylinder(new(0, -0.3 + (i * 0.15), 0.07), new(length, -0.3 + (i * 0.15), 0.07), 0.045);
        model.Insert(new PlantElement("CableTray", Category.CableTrays, $"{label} cables") { Parent = line, Placement = new Placement(at), Geometry = cables });
    }

    /// <summary>From the substation over the road to the rack.</summary>
    private static void Risers(PlantModel model)
    {
        string line = model.Insert(new PlantElement("CableTray", Category.CableTrays, "Substation riser") { Tag = "CTR-10", Properties = new JsonObject { ["trayWidth"] = 0.9 } });
        double z = PipeRack.Tiers[2];
        for (int i = 0; i < 4; i++)
        {
            model.Insert(new PlantElement("CableTray", Category.CableTrays, $"Bridge tray {i + 1}")
            {
                Parent = line,
                Placement = Placement.At(86, 20 + (i * 5), z, 90),
                Geometry = new GeometryStreamBuilder().Channel(5, 0.9, 0.15, 0.015).Colour(Colour.Dark).Cylinder(new(0, 0.1, 0.08), new(5, 0.1, 0.08), 0.06).Cylinder(new(0, -0.15, 0.08), new(5, -0.15, 0.08), 0.06),
                Properties = new JsonObject { ["trayWidth"] = 0.9 },
            });
            if (i < 3)
            {
                double y = i == 0 ? 20.5 : i == 1 ? 30.4 : 38.8;
                Steel.Foot(model, line, $"Bridge post {i + 1}", new(86, y, 0));
                Steel.Member(model, line, $"Bridge post {i + 1}", new(86, y, 0.23), new(86, y, z), 0.25, 0.25);
            }
        }

        model.Insert(new PlantElement("CableTray", Category.CableTrays, "Riser tray")
        {
            Parent = line,
            Placement = Placement.Along(new(86.6, 20, 0), new(86.6, 20, z)),
            Geometry = new GeometryStreamBuilder().Channel(z, 0.9, 0.15, 0.015),
            Properties = new JsonObject { ["trayWidth"] = 0.9 },
        });
    }
}
