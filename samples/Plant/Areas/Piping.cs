namespace ITwinOrleans.Samples.Plant;

/// <summary>The lines: along the rack, and from tanks, columns and exchangers to it.</summary>
internal static class Piping
{
    public static void Build(PlantDb db)
    {
        PlantModel model = db.AddModel("Piping");
        PipeRack.BuildPipes(model);
        TankLines(model);
        TowerLines(model);
        ExchangerLines(model);
        CoolingWater(model);
    }

    private static void TankLines(PlantModel model)
    {
        for (int i = 0; i < TankFarm.Centres.Count; i++)
        {
            Point3 tank = TankFarm.Centres[i];
            double y = PipeRack.North - 0.75 - (i % 3 * 0.9), z = PipeRack.Tiers[0] + 1.05;
            var line = new PipeRoute(model, Category.ProcessPiping, $"L-11{i + 1:00}", 0.15) { Fluid = "Product", Valves = [0] };
            if (i < 3)
            {
                double outlet = tank.Y - TankFarm.Radius - 0.55;
                line.Build(new(tank.X, outlet, 1), new(tank.X, 48.5, 1), new(tank.X, 48.5, z), new(tank.X, y, z));
            }
            else
            {
                double outlet = tank.X + TankFarm.Radius + 0.55, down = tank.X + 8;
                line.Build(new(outlet, tank.Y, 1), new(down, tank.Y, 1), new(down, 48.5, 1), new(down, 48.5, z), new(down, y, z));
            }
        }
    }

    /// <summary>The overhead line down each column, and the bottoms.</summary>
    private static void TowerLines(PlantModel model)
    {
        for (int i = 0; i < Towers.All.Count; i++)
        {
            (_, _, Point3 foot, double radius, double height) = Towers.All[i];
            double front = foot.Y - radius - 1.6, tier = PipeRack.Tiers[1] + 1.2, size = 0.26 - (0.04 * i);
            new PipeRoute(model, Category.ProcessPiping, $"L-12{i + 1:00}", size) { Fluid = "Overhead vapour", Valves = [3] }.Build(
                new(foot.X, foot.Y, height + (radius / 2)), new(foot.X, foot.Y, height + 2.4), new(foot.X, front, height + 2.4), new(foot.X, front, tier), new(foot.X, PipeRack.North - 1.6, tier));
            double side = foot.X + radius + 1.4;
            new PipeRoute(model, Category.ProcessPiping, $"L-13{i + 1:00}", 0.14, new Colour(150, 120, 90)) { Fluid = "Bottoms", Valves = [0, 2] }.Build(
                new(foot.X + radius + 0.3, foot.Y, 2), new(side + 0.6, foot.Y, 2), new(side + 0.6, 52, 2), new(side + 0.6, 52, 7.1), new(side + 0.6, PipeRack.North - 2.5, 7.1));
        }
    }

    private static void ExchangerLines(PlantModel model)
    {
        for (int i = 0; i < 4; i++)
        {
            double x = 67.2 + (i * 6);
            foreach ((int series, double level, double top) in new[] { (14, 15.0, 1.75), (15, 5.0, 1.95) })
            {
                double tier = series == 14 ? PipeRack.Tiers[1] + 1.3 : PipeRack.Tiers[0] + 1.2, along = series == 14 ? x + 1.32 : x + 3.17;
                double z = level + top + 1.1;
                var line = new PipeRoute(model, Category.ProcessPiping, $"L-{series}{i + 1:00}", 0.12) { Fluid = "Exchanger feed", Valves = [3] };
                line.Build(new(along, 57, level + top), new(along, 57, z), new(along, 51.4, z), new(along, 51.4, tier), new(along, PipeRack.North - 1.2, tier));
            }
        }
    }

    private static void CoolingWater(PlantModel model)
    {
        foreach ((string tag, double x, double tier) in new[] { ("U-2101", 44.0, 1.2), ("U-2102", 49.0, 1.6) })
        {
            double z = PipeRack.Tiers[1] + tier;
            new PipeRoute(model, Category.UtilityPiping, tag, 0.25) { Fluid = "Cooling water", Valves = [0] }
                .Build(new(x, 19.3, 1.2), new(x, 22, 1.2), new(x, 22, z), new(x, PipeRack.South + 1.5, z));
        }

        for (int i = 0; i < 2; i++)
        {
            double x = 12.5 + (i * 16);
            new PipeRoute(model, Category.ProcessPiping, $"L-160{i + 1}", 0.16, new Colour(214, 188, 84)) { Fluid = "LPG", Valves = [1] }
                .Build(new(x, 11.5, 1.3), new(x, 11.5, 0.75), new(x, 21.2, 0.75), new(x, 21.2, 7.2), new(x, PipeRack.South + 1.2, 7.2));
        }
    }
}
