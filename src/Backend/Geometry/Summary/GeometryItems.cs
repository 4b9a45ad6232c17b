using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Reads geometry out of geometry streams (core-geometry <c>IModelJson.Reader</c>).</summary>
internal static class GeometryItems
{
    /// <summary>The geometry of an entry; null when the entry is none.</summary>
    /// <param name="json">The entry.</param>
    /// <param name="place">Where the element puts it.</param>
    public static GeometryItem? Read(JsonElement json, Transform3 place)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().FirstOrDefault() is not { Value.ValueKind: not JsonValueKind.Undefined } first)
            return null;
        JsonElement value = first.Value;
        return first.Name switch
        {
            "lineSegment" when value.GetArrayLength() == 2 => new LineSegmentItem(place.Point(Vector3.Read(value[0])), place.Point(Vector3.Read(value[1]))),
            "lineString" => new LineStringItem(ItemJson.Points(value, place.PackedPoint)),
            "pointString" => new PointStringItem(ItemJson.Points(value, place.Point)),
            "point" => new PointItem(place.Point(Vector3.Read(value))),
            "arc" => ReadArc(value, place),
            "path" or "loop" or "parityRegion" or "unionRegion" or "bagOfCurves" => ReadCollection(first.Name, value, place),
            "box" => BoxItem.Read(value, place),
            "sphere" => SphereItem.Read(value, place),
            "cone" => ConeItem.ReadCone(value, place),
            "cylinder" => ConeItem.ReadCylinder(value, place),
            "torusPipe" => TorusItem.Read(value, place),
            "linearSweep" or "rotationalSweep" or "ruledSweep" => ReadSweep(first.Name, value, place),
            "indexedMesh" => new MeshItem(value, place),
            "bcurve" => (GeometryItem?)SplineItem.Read(value, place) ?? new OtherItem("bsplineCurve", json),
            "bsurf" => new OtherItem("bsurf", json),
            "interpolationCurve" or "akimaCurve" or "transitionSpiral" => new OtherItem(first.Name, json),
            _ => null,
        };
    }

    private static ArcItem? ReadArc(JsonElement json, Transform3 place)
    {
        if (json.ValueKind != JsonValueKind.Object || Vector3.Read(json, "center") is not { } center || Vector3.Read(json, "vectorX") is not { } x
            || Vector3.Read(json, "vectorY") is not { } y || !json.TryGetProperty("sweepStartEnd"u8, out JsonElement sweep))
            return null;
        return new ArcItem(place.Point(center), place.Vector(x), place.Vector(y), sweep[0].GetDouble(), sweep[1].GetDouble());
    }

    private static CollectionItem ReadCollection(string kind, JsonElement json, Transform3 place) =>
        new(kind, json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(child => Read(child, place)).OfType<GeometryItem>()] : []);

    private static GeometryItem? ReadSweep(string kind, JsonElement json, Transform3 place)
    {
        if (!json.TryGetProperty("contour"u8, out JsonElement contour))
            return null;
        bool capped = ItemJson.IsTrue(json, "capped");
        if (kind == "ruledSweep")
            return contour.ValueKind == JsonValueKind.Array ? new RuledSweepItem([.. contour.EnumerateArray().Select(one => Read(one, place)).OfType<GeometryItem>()], capped) : null;
        if (Read(contour, place) is not { } curves)
            return null;
        if (kind == "linearSweep")
            return Vector3.Read(json, "vector") is { } vector ? new LinearSweepItem(curves, place.Vector(vector), capped) : null;
        return Vector3.Read(json, "center") is { } center && Vector3.Read(json, "axis") is { } axis
            ? new RotationalSweepItem(curves, place.Point(center), place.Vector(axis.Normalized()), ItemJson.Number(json, "sweepAngle") ?? 0, capped)
            : null;
    }
}
