namespace ITwinOrleans.Samples.Plant;

/// <summary>Steel profiles, along the x axis from the origin.</summary>
internal static class Profiles
{
    /// <summary>An I or H profile: height along z, flanges along y.</summary>
    public static GeometryStreamBuilder ISection(this GeometryStreamBuilder geometry, double length, double height, double width)
    {
        double flange = height * 0.08, web = height * 0.05;
        double z = height / 2, y = width / 2, inner = z - flange, w = web / 2;
        Point3[] outline =
        [
            new(0, -y, -z), new(0, y, -z), new(0, y, -inner), new(0, w, -inner), new(0, w, inner), new(0, y, inner),
            new(0, y, z), new(0, -y, z), new(0, -y, inner), new(0, -w, inner), new(0, -w, -inner), new(0, -y, -inner),
        ];
        return geometry.Extrusion(outline, Point3.UnitX * length);
    }

    /// <summary>A channel, open upwards: a cable tray or a stringer.</summary>
    public static GeometryStreamBuilder Channel(this GeometryStreamBuilder geometry, double length, double width, double height, double thickness)
    {
        double y = width / 2, inner = y - thickness;
        Point3[] outline =
        [
            new(0, -y, 0), new(0, y, 0), new(0, y, height), new(0, inner, height), new(0, inner, thickness),
            new(0, -inner, thickness), new(0, -inner, height), new(0, -y, height),
        ];
        return geometry.Extrusion(outline, Point3.UnitX * length);
    }
}
