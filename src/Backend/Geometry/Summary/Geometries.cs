namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Tolerances of core-geometry.</summary>
internal static class Geometries
{
    public const double SmallDistance = 1.0e-6, SmallAngle = 1.0e-12, SmallAngleSquared = 1.0e-24, SmallFloatingPoint = 1.0e-15;

    /// <summary>Whether two coordinates are the same place.</summary>
    public static bool IsSame(double a, double b) => Math.Abs(a - b) <= SmallDistance;

    /// <summary>Whether an angle in degrees goes all around.</summary>
    public static bool IsFullCircle(double degrees) => Math.Abs(Math.Abs(degrees * Math.PI / 180) - (2 * Math.PI)) < SmallAngle * 10;
}
