namespace ITwinOrleans.Samples.Plant;

/// <summary>The rotation of a view (iTwin.js: a view's <c>rotation</c>): the directions to its right, up and towards the viewer.</summary>
internal readonly record struct ViewRotation
{
    /// <summary>Looks from a direction.</summary>
    /// <param name="azimuth">Where the viewer stands, in degrees from east to north.</param>
    /// <param name="elevation">How high, in degrees.</param>
    public ViewRotation(double azimuth, double elevation)
    {
        (double sineA, double cosineA) = Math.SinCos(azimuth * Math.PI / 180);
        (double sineE, double cosineE) = Math.SinCos(elevation * Math.PI / 180);
        Right = new(-sineA, cosineA, 0);
        Back = new(cosineE * cosineA, cosineE * sineA, sineE);
        Up = new(-sineE * cosineA, -sineE * sineA, cosineE);
    }

    public Point3 Right { get; }

    public Point3 Up { get; }

    public Point3 Back { get; }

    /// <summary>The angles of the rotation's matrix, in degrees, as iTwin.js takes them out of it (<c>YawPitchRollAngles.createFromMatrix3d</c>).</summary>
    public (double Yaw, double Pitch, double Roll) Angles
    {
        get
        {
            double yaw = Math.Atan2(Up.X, Right.X), pitch = Math.Atan2(Back.X, Math.Sqrt((Back.Y * Back.Y) + (Back.Z * Back.Z)));
            double roll = Math.Atan2(Back.Y, Back.Z);
            const double Degrees = 180 / Math.PI;
            return (yaw * Degrees, pitch * Degrees, roll * Degrees);
        }
    }

    public Point3 ToView(Point3 world) => new(Right.Dot(world), Up.Dot(world), Back.Dot(world));

    public Point3 ToWorld(Point3 view) => (Right * view.X) + (Up * view.Y) + (Back * view.Z);
}
