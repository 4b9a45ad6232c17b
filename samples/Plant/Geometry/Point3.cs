namespace ITwinOrleans.Samples.Plant;

/// <summary>A point or a vector, in metres: x to the east, y to the north, z up.</summary>
internal readonly record struct Point3(double X, double Y, double Z)
{
    public static Point3 UnitX { get; } = new(1, 0, 0);

    public static Point3 UnitY { get; } = new(0, 1, 0);

    public static Point3 UnitZ { get; } = new(0, 0, 1);

    public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    public Point3 Unit => this * (1 / Length);

    public static Point3 operator +(Point3 a, Point3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Point3 operator -(Point3 a, Point3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Point3 operator *(Point3 a, double factor) => new(a.X * factor, a.Y * factor, a.Z * factor);

    public double Dot(Point3 other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>The point of a horizontal circle around this point.</summary>
    public Point3 OnCircle(double radius, double degrees)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        return new(X + (radius * cosine), Y + (radius * sine), Z);
    }
}
