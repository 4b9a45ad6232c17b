using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>What many pieces of equipment have.</summary>
internal static class EquipmentParts
{
    /// <summary>A part of a piece of equipment.</summary>
    public static void Add(PlantModel model, string parent, Category category, string label, Placement placement, GeometryStreamBuilder geometry) =>
        model.Insert(new PlantElement("EquipmentPart", category, label) { Parent = parent, Placement = placement, Geometry = geometry });

    /// <summary>A short pipe with a flange at its end.</summary>
    public static void Nozzle(PlantModel model, string parent, Category category, string label, Point3 start, Point3 end, double radius)
    {
        double length = (end - start).Length;
        Add(model, parent, category, label, Placement.Along(start, end), new GeometryStreamBuilder()
            .Cylinder(default, new(length, 0, 0), radius)
            .Part(model.Parts.Flange, new Placement(new(length, 0, 0)), radius));
    }

    /// <summary>A man-hole: a wide neck with a lid.</summary>
    public static void Manway(PlantModel model, string parent, Category category, string label, Point3 start, Point3 end) =>
        Add(model, parent, category, label, Placement.Along(start, end), new GeometryStreamBuilder()
            .Cylinder(default, new((end - start).Length, 0, 0), 0.35)
            .Part(model.Parts.Flange, new Placement(new((end - start).Length, 0, 0)), 0.26));

    /// <summary>The properties of equipment.</summary>
    public static JsonObject Design(string service, double pressure, double temperature, string? name = null, double value = 0)
    {
        var properties = new JsonObject { ["service"] = service, ["designPressure"] = pressure, ["designTemperature"] = temperature };
        if (name is not null)
            properties[name] = value;
        return properties;
    }
}
