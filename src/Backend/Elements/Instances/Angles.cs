namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>Angles as core-geometry's <c>Angle</c> takes them.</summary>
internal static class Angles
{
    private const double SmallAngle = 1.0e-12;

    /// <summary>Whether an angle in degrees makes no difference.</summary>
    public static bool IsAlmostZero(double degrees) => Math.Abs(degrees * Math.PI / 180) < SmallAngle;

    /// <summary>Degrees of an angle in radians, exact for multiples of a right angle.</summary>
    public static double ToDegrees(double radians) => radians switch
    {
        < 0 => -ToDegrees(-radians),
        <= 0.25 * Math.PI => 180 / Math.PI * radians,
        < 0.75 * Math.PI => 90 + (180 * ((radians - (0.5 * Math.PI)) / Math.PI)),
        <= 1.25 * Math.PI => 180 + (180 * ((radians - Math.PI) / Math.PI)),
        <= 1.75 * Math.PI => 270 + (180 * ((radians - (1.5 * Math.PI)) / Math.PI)),
        _ => 360 + (180 * ((radians - (2 * Math.PI)) / Math.PI)),
    };
}
