using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>A pipe line: pipes along the legs of a route, elbows at its corners, flanges and valves. The legs run along the axes.</summary>
/// <param name="model">The model of the line.</param>
/// <param name="category">The category of its pipes.</param>
/// <param name="tag">The line's tag.</param>
/// <param name="radius">The pipe's outer radius in metres.</param>
/// <param name="colour">A colour of its own.</param>
internal sealed class PipeRoute(PlantModel model, Category category, string tag, double radius, Colour? colour = null)
{
    private const double SpoolLength = 6;
    private int _number;

    /// <summary>The assembly that the line belongs to, instead of one of its own.</summary>
    public string? Assembly { get; init; }

    /// <summary>What flows in it.</summary>
    public string Fluid { get; init; } = "Hydrocarbon";

    /// <summary>The legs, from 0, that have a valve in the middle.</summary>
    public int[] Valves { get; init; } = [];

    private int NominalDiameter => (int)Math.Round(radius * 2000 / 25) * 25;

    private double BendRadius => radius * 3;

    /// <summary>Inserts the line.</summary>
    public void Build(params Point3[] route)
    {
        string line = Assembly ?? model.Insert(new PlantElement("PipeLine", category, $"Line {tag}")
        {
            Tag = tag, Properties = new JsonObject { ["fluid"] = Fluid, ["nominalDiameter"] = NominalDiameter },
        });
        for (int leg = 0; leg + 1 < route.Length; leg++)
        {
            Point3 direction = (route[leg + 1] - route[leg]).Unit;
            bool isFirst = leg == 0, isLast = leg + 2 == route.Length;
            Point3 start = isFirst ? route[leg] : route[leg] + (direction * BendRadius);
            Point3 end = isLast ? route[leg + 1] : route[leg + 1] - (direction * BendRadius);
            if ((end - start).Dot(direction) <= 0)
                throw new InvalidOperationException($"Leg {leg} of line {tag} is too short for its elbows");
            Leg(line, start, end);
            if (isFirst)
                Flange(line, start, direction);
            if (isLast)
                Flange(line, end, direction);
            else
                Elbow(line, route[leg + 1], direction, (route[leg + 2] - route[leg + 1]).Unit);
            if (Valves.Contains(leg))
                Valve(line, (start + end) * 0.5, direction);
        }
    }

    private void Leg(string line, Point3 start, Point3 end)
    {
        double length = (end - start).Length;
        int spools = (int)Math.Ceiling(length / SpoolLength);
        Point3 step = (end - start) * (1.0 / spools);
        for (int i = 0; i < spools; i++)
            Insert(line, "Pipe", Placement.Along(start + (step * i), end), Geometry().Cylinder(default, new(length / spools, 0, 0), radius), length / spools);
    }

    private void Elbow(string line, Point3 corner, Point3 from, Point3 to)
    {
        if (Math.Abs(from.Dot(to)) > 1e-9)
            throw new InvalidOperationException($"Line {tag} has a corner that is no right angle");
        Point3 centre = (to - from) * BendRadius;
        Insert(line, "Elbow", new Placement(corner), Geometry().Torus(centre, to * -1, from, BendRadius, radius, 90), BendRadius * Math.PI / 2);
    }

    private void Flange(string line, Point3 at, Point3 direction) =>
        Insert(line, "Flange", Placement.Along(at, at + direction), Geometry().Part(model.Parts.Flange, scale: radius), radius * 0.7);

    private void Valve(string line, Point3 at, Point3 direction) => model.Insert(new PlantElement("Valve", Category.Valves, $"Valve {tag}-{++_number}")
    {
        Parent = line,
        Tag = $"{tag}-V{_number}",
        Placement = Placement.Along(at, at + direction),
        Geometry = new GeometryStreamBuilder().Part(model.Parts.ValveBody, scale: radius)
            .Colour(Colour.SignalRed).Part(model.Parts.HandWheel, scale: radius),
        Properties = new JsonObject { ["nominalDiameter"] = NominalDiameter, ["componentLength"] = radius * 6, ["isOpen"] = _number % 4 != 0 },
    });

    private void Insert(string line, string kind, Placement placement, GeometryStreamBuilder geometry, double length) =>
        model.Insert(new PlantElement("PipingComponent", category, $"{kind} {tag}-{++_number}")
        {
            Parent = line,
            Placement = placement,
            Geometry = geometry,
            Properties = new JsonObject { ["nominalDiameter"] = NominalDiameter, ["componentLength"] = length },
        });

    private GeometryStreamBuilder Geometry() =>
        colour is { } own ? new GeometryStreamBuilder().Colour(own) : new GeometryStreamBuilder();
}
