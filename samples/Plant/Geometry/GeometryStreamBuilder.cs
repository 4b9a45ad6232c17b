using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>
/// Writes an element's geometry stream as JSON, in the element's own coordinates (iTwin.js: <c>GeometryStreamProps</c>, its entries as
/// <c>IModelJson</c> of core-geometry writes them). Lengths in metres, angles in degrees.
/// </summary>
internal sealed class GeometryStreamBuilder
{
    private readonly JsonArray _entries = [];

    /// <summary>The stream. A builder makes one.</summary>
    public JsonArray Build() => _entries;

    /// <summary>What follows has this colour instead of its category's.</summary>
    public GeometryStreamBuilder Colour(Colour colour, double transparency = 0) =>
        Add("appearance", new JsonObject { ["color"] = colour.Value, ["transparency"] = transparency });

    /// <summary>A box along the axes.</summary>
    public GeometryStreamBuilder Box(Point3 low, Point3 high) => Add("box", new JsonObject
    {
        ["origin"] = Json(low),
        ["topOrigin"] = Json(low with { Z = high.Z }),
        ["baseX"] = high.X - low.X,
        ["baseY"] = high.Y - low.Y,
        ["capped"] = true,
    });

    /// <summary>A box that stands on a point.</summary>
    public GeometryStreamBuilder BoxOn(Point3 centre, double sizeX, double sizeY, double height) =>
        Box(centre - new Point3(sizeX / 2, sizeY / 2, 0), centre + new Point3(sizeX / 2, sizeY / 2, height));

    /// <summary>A round bar or a closed cylinder.</summary>
    public GeometryStreamBuilder Cylinder(Point3 start, Point3 end, double radius) => Add("cylinder", new JsonObject
    {
        ["start"] = Json(start), ["end"] = Json(end), ["radius"] = radius, ["capped"] = true,
    });

    /// <summary>A cone or a part of one.</summary>
    public GeometryStreamBuilder Cone(Point3 start, Point3 end, double startRadius, double endRadius) => Add("cone", new JsonObject
    {
        ["start"] = Json(start), ["end"] = Json(end), ["startRadius"] = startRadius, ["endRadius"] = endRadius, ["capped"] = true,
    });

    /// <summary>A sphere.</summary>
    public GeometryStreamBuilder Sphere(Point3 centre, double radius) => Ellipsoid(centre, radius, radius, radius);

    /// <summary>A sphere with a radius for each axis.</summary>
    public GeometryStreamBuilder Ellipsoid(Point3 centre, double radiusX, double radiusY, double radiusZ) => Add("sphere", new JsonObject
    {
        ["center"] = Json(centre), ["radiusX"] = radiusX, ["radiusY"] = radiusY, ["radiusZ"] = radiusZ,
    });

    /// <summary>A bent pipe: it begins at <paramref name="axisX"/> of the bend's centre and turns towards <paramref name="axisY"/>.</summary>
    public GeometryStreamBuilder Torus(Point3 centre, Point3 axisX, Point3 axisY, double bendRadius, double pipeRadius, double sweep = 360) =>
        Add("torusPipe", new JsonObject
        {
            ["center"] = Json(centre),
            ["xyVectors"] = new JsonArray(Json(axisX), Json(axisY)),
            ["majorRadius"] = bendRadius,
            ["minorRadius"] = pipeRadius,
            ["sweepAngle"] = sweep,
            ["capped"] = true,
        });

    /// <summary>A level ring.</summary>
    public GeometryStreamBuilder Ring(Point3 centre, double radius, double thickness) =>
        Torus(centre, Point3.UnitX, Point3.UnitY, radius, thickness);

    /// <summary>A plane outline, moved along a vector.</summary>
    public GeometryStreamBuilder Extrusion(IEnumerable<Point3> outline, Point3 vector)
    {
        Point3[] points = [.. outline];
        return Add("linearSweep", new JsonObject
        {
            ["contour"] = new JsonObject
            {
                ["loop"] = new JsonArray(new JsonObject { ["lineString"] = Json([.. points, points[0]]) }),
            },
            ["vector"] = Json(vector),
            ["capped"] = true,
        });
    }

    /// <summary>A mesh of flat faces, each a list of indices of points; its edges are not drawn.</summary>
    public GeometryStreamBuilder Mesh(IEnumerable<Point3> points, IEnumerable<int[]> faces)
    {
        var indices = new JsonArray();
        foreach (int[] face in faces)
        {
            // One-based; negative: the edge that begins there is not drawn; zero ends a face.
            foreach (int index in face)
                indices.Add(-(index + 1));
            indices.Add(0);
        }

        return Add("indexedMesh", new JsonObject { ["point"] = Json(points), ["pointIndex"] = indices });
    }

    /// <summary>A geometry part.</summary>
    public GeometryStreamBuilder Part(string partId, Placement placement = default, double scale = 1) => Add("geomPart", new JsonObject
    {
        ["part"] = partId,
        ["origin"] = Json(placement.Origin),
        ["rotation"] = new JsonObject { ["yaw"] = placement.Yaw, ["pitch"] = placement.Pitch, ["roll"] = placement.Roll },
        ["scale"] = scale,
    });

    internal static JsonArray Json(Point3 point) => new(point.X, point.Y, point.Z);

    private static JsonArray Json(IEnumerable<Point3> points) => new([.. points.Select(point => (JsonNode)Json(point))]);

    private GeometryStreamBuilder Add(string kind, JsonObject value)
    {
        _entries.Add(new JsonObject { [kind] = value });
        return this;
    }
}
