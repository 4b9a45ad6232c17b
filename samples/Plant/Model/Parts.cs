using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>
/// Geometry parts: what the plant has many of. Those of pipes are made for a pipe of radius 1 along the x axis and are scaled.
/// </summary>
internal sealed class Parts
{
    public Parts(PlantDb db)
    {
        Flange = Insert(db, "Flange", FlangeGeometry());
        ValveBody = Insert(db, "Valve Body", ValveBodyGeometry());
        HandWheel = Insert(db, "Hand Wheel", HandWheelGeometry());
        AnchorBolt = Insert(db, "Anchor Bolt", AnchorBoltGeometry());
        Motor = Insert(db, "Motor", MotorGeometry());
        Broadleaf = Insert(db, "Broadleaf Crown", new GeometryStreamBuilder()
            .Sphere(new(0, 0, 3.4), 1.5).Sphere(new(0.7, 0.5, 2.7), 1.1).Sphere(new(-0.7, -0.3, 2.8), 1.1));
        Conifer = Insert(db, "Conifer Crown", new GeometryStreamBuilder()
            .Cone(new(0, 0, 0.9), new(0, 0, 3), 1.5, 0.5).Cone(new(0, 0, 2.3), new(0, 0, 5), 1.1, 0.02));
    }

    public string Flange { get; }

    public string ValveBody { get; }

    public string HandWheel { get; }

    public string AnchorBolt { get; }

    public string Motor { get; }

    public string Broadleaf { get; }

    public string Conifer { get; }

    private static string Insert(PlantDb db, string name, GeometryStreamBuilder geometry) =>
        db.InsertDefinition("GeometryPart", name, new JsonObject { ["geom"] = geometry.Build() });

    private static GeometryStreamBuilder FlangeGeometry()
    {
        var geometry = new GeometryStreamBuilder().Cylinder(new(-0.35, 0, 0), new(0.35, 0, 0), 1.75);
        for (int bolt = 0; bolt < 8; bolt++)
        {
            (double sine, double cosine) = Math.SinCos((bolt + 0.5) * Math.PI / 4);
            geometry.Cylinder(new(-0.6, 1.4 * cosine, 1.4 * sine), new(0.6, 1.4 * cosine, 1.4 * sine), 0.14);
        }

        return geometry;
    }

    private static GeometryStreamBuilder ValveBodyGeometry() => new GeometryStreamBuilder()
        .Cone(new(-3, 0, 0), new(0, 0, 0), 1.3, 1.05)
        .Cone(new(0, 0, 0), new(3, 0, 0), 1.05, 1.3)
        .Sphere(new(0, 0, 0), 1.5)
        .Cylinder(new(-3.2, 0, 0), new(-2.6, 0, 0), 1.8)
        .Cylinder(new(2.6, 0, 0), new(3.2, 0, 0), 1.8)
        .Cylinder(new(0, 0, 1), new(0, 0, 2.6), 0.9)
        .Cylinder(new(0, 0, 2.4), new(0, 0, 2.8), 1.3);

    private static GeometryStreamBuilder HandWheelGeometry() => new GeometryStreamBuilder()
        .Cylinder(new(0, 0, 2.6), new(0, 0, 5.2), 0.22)
        .Ring(new(0, 0, 4.8), 2, 0.2)
        .Cylinder(new(-2, 0, 4.8), new(2, 0, 4.8), 0.14)
        .Cylinder(new(0, -2, 4.8), new(0, 2, 4.8), 0.14);

    private static GeometryStreamBuilder AnchorBoltGeometry() => new GeometryStreamBuilder()
        .Cylinder(new(0, 0, 0), new(0, 0, 0.12), 0.018)
        .Cylinder(new(0, 0, 0.03), new(0, 0, 0.06), 0.035);

    private static GeometryStreamBuilder MotorGeometry()
    {
        var geometry = new GeometryStreamBuilder()
            .Cylinder(new(0, 0, 0.3), new(0.9, 0, 0.3), 0.26)
            .Cylinder(new(0.9, 0, 0.3), new(1.05, 0, 0.3), 0.2)
            .Cylinder(new(-0.2, 0, 0.3), new(0, 0, 0.3), 0.05)
            .Box(new(0.1, -0.24, 0), new(0.8, 0.24, 0.12))
            .Box(new(0.25, -0.1, 0.5), new(0.55, 0.1, 0.68));
        for (int fin = 0; fin < 5; fin++)
            geometry.Cylinder(new(0.12 + (fin * 0.16), 0, 0.3), new(0.15 + (fin * 0.16), 0, 0.3), 0.29);
        return geometry;
    }
}
