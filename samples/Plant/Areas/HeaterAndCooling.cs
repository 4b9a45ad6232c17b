namespace ITwinOrleans.Samples.Plant;

/// <summary>The fired heater with its stack, and the cooling tower.</summary>
internal static class HeaterAndCooling
{
    public static void Build(PlantModel model)
    {
        Heater(model, new Point3(108, 80, 0));
        CoolingTower(model, new Point3(42, 5, 0.6));
    }

    private static void Heater(PlantModel model, Point3 foot)
    {
        const string Tag = "H-261";
        string heater = model.Insert(new PlantElement("HeatExchanger", Category.HeatExchangers, $"Crude heater {Tag}")
        {
            Tag = Tag,
            Placement = new Placement(foot),
            Geometry = new GeometryStreamBuilder()
                .BoxOn(new(0, 0, 2), 12, 6, 7)
                .BoxOn(new(0, 0, 9), 7, 3, 3),
            Properties = EquipmentParts.Design("Crude", 20, 450, "duty", 18000),
        });
        for (int i = 0; i < 5; i++)
        {
            foreach (double y in new[] { -2.8, 2.8 })
            {
                double x = -5.6 + (i * 2.8);
                Steel.Member(model, heater, $"{Tag} leg", foot + new Point3(x, y, 0), foot + new Point3(x, y, 2), 0.3, 0.3);
                EquipmentParts.Add(model, heater, Category.StructuralSteel, $"{Tag} buckstay", new Placement(foot + new Point3(x, y < 0 ? -3.08 : 3.08, 2)), new GeometryStreamBuilder().BoxOn(default, 0.25, 0.16, 7));
            }
        }

        for (int i = 0; i < 6; i++)
        {
            EquipmentParts.Add(model, heater, Category.HeatExchangers, $"{Tag} burner {i + 1}", new Placement(foot + new Point3(-5 + (i * 2), 0, 1)), new GeometryStreamBuilder()
                .Colour(Colour.Dark).Cone(default, new(0, 0, 1), 0.25, 0.5));
        }

        EquipmentParts.Add(model, heater, Category.HeatExchangers, $"{Tag} stack", new Placement(foot + new Point3(0, 0, 12)), new GeometryStreamBuilder()
            .Colour(Colour.Steel).Cone(default, new(0, 0, 1.5), 1.6, 1).Cone(new(0, 0, 1.5), new(0, 0, 22), 1, 0.8)
            .Colour(Colour.SignalRed).Cylinder(new(0, 0, 19), new(0, 0, 20.4), 0.95).Cylinder(new(0, 0, 16), new(0, 0, 17.4), 0.97));
        Railing.Straight(model, heater, $"{Tag} roof railing south", foot + new Point3(-6, -3, 9), foot + new Point3(6, -3, 9));
        Railing.Straight(model, heater, $"{Tag} roof railing west", foot + new Point3(-6, 3, 9), foot + new Point3(-6, -3, 9));
        Steel.Ladder(model, heater, $"{Tag} ladder", foot + new Point3(-6.4, 0, 0.1), 9, 270);
    }

    private static void CoolingTower(PlantModel model, Point3 corner)
    {
        const string Tag = "CT-401";
        string tower = model.Insert(new PlantElement("HeatExchanger", Category.HeatExchangers, $"Cooling tower {Tag}")
        {
            Tag = Tag,
            Placement = new Placement(corner),
            Geometry = new GeometryStreamBuilder().Box(new(0, 0, 2), new(10, 14, 7)),
            Properties = EquipmentParts.Design("Cooling water", 4, 45, "duty", 12000),
        });
        for (int i = 0; i < 3; i++)
        {
            Point3 fan = corner + new Point3(5, 2.4 + (i * 4.6), 7);
            EquipmentParts.Add(model, tower, Category.HeatExchangers, $"{Tag} fan stack {i + 1}", new Placement(fan), new GeometryStreamBuilder()
                .Cone(default, new(0, 0, 2.2), 2.1, 1.8).Ring(new(0, 0, 2.2), 1.85, 0.1)
                .Colour(Colour.Dark).Cylinder(new(0, 0, 2.2), new(0, 0, 2.23), 1.78)
                .Colour(Colour.Steel).Box(new(-1.7, -0.14, 2.24), new(1.7, 0.14, 2.3)).Box(new(-0.14, -1.7, 2.24), new(0.14, 1.7, 2.3)).Cylinder(new(0, 0, 2.2), new(0, 0, 2.4), 0.35));
        }

        for (int i = 0; i <= 5; i++)
        {
            foreach (double x in new[] { 0.2, 9.8 })
                Steel.Member(model, tower, $"{Tag} column", corner + new Point3(x, 0.2 + (i * 2.72), 0), corner + new Point3(x, 0.2 + (i * 2.72), 2), 0.25, 0.25);
        }

        for (int i = 0; i < 7; i++)
        {
            EquipmentParts.Add(model, tower, Category.HeatExchangers, $"{Tag} louvre {i + 1}", new Placement(corner + new Point3(-0.12, 0.3, 2.3 + (i * 0.65))), new GeometryStreamBuilder()
                .Colour(Colour.Steel).Box(default, new(0.12, 13.4, 0.3)));
        }

        Railing.Straight(model, tower, $"{Tag} railing west", corner + new Point3(0, 14, 7), corner + new Point3(0, 0, 7));
        Railing.Straight(model, tower, $"{Tag} railing south", corner + new Point3(0, 0, 7), corner + new Point3(10, 0, 7));
    }
}
