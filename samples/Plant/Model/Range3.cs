namespace ITwinOrleans.Samples.Plant;

/// <summary>A box along the axes.</summary>
internal readonly record struct Range3(Point3 Low, Point3 High)
{
    /// <summary>Its eight corners.</summary>
    public IEnumerable<Point3> Corners
    {
        get
        {
            for (int corner = 0; corner < 8; corner++)
                yield return new((corner & 1) == 0 ? Low.X : High.X, (corner & 2) == 0 ? Low.Y : High.Y, (corner & 4) == 0 ? Low.Z : High.Z);
        }
    }

    /// <summary>The smallest one with all the points in it.</summary>
    public static Range3 Around(IEnumerable<Point3> points)
    {
        Point3[] all = [.. points];
        return new(new(all.Min(p => p.X), all.Min(p => p.Y), all.Min(p => p.Z)), new(all.Max(p => p.X), all.Max(p => p.Y), all.Max(p => p.Z)));
    }
}
