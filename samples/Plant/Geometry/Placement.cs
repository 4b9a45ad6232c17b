namespace ITwinOrleans.Samples.Plant;

/// <summary>Where an element's own coordinates lie in the plant: an origin, and angles in degrees (iTwin.js: <c>YawPitchRollAngles</c>).</summary>
internal readonly record struct Placement(Point3 Origin, double Yaw = 0, double Pitch = 0, double Roll = 0)
{
    /// <summary>At a point, turned about the vertical.</summary>
    public static Placement At(double x, double y, double z = 0, double yaw = 0) => new(new Point3(x, y, z), yaw);

    /// <summary>From one point to another: the element's x axis runs along, its y axis stays level.</summary>
    public static Placement Along(Point3 start, Point3 end)
    {
        Point3 direction = (end - start).Unit;
        double yaw = Math.Abs(direction.Z) > 1 - 1e-9 ? 0 : Math.Atan2(direction.Y, direction.X);
        return new(start, Degrees(yaw), Degrees(Math.Asin(Math.Clamp(direction.Z, -1, 1))));
    }

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
