using System.Text.Json;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>An instance as native code reads it, on its way to the props that frontends know.</summary>
/// <param name="Reader">Reads other entities that belong to it.</param>
/// <param name="Native">The iModel.</param>
/// <param name="Row">The instance's properties, by their JavaScript names.</param>
/// <param name="Binaries">The binary values in the row.</param>
/// <param name="Load">How the entity is to be loaded: iTwin.js <c>ElementLoadProps</c>.</param>
/// <param name="Writer">Where the props go; within the props' object.</param>
internal readonly record struct EntityRow(
    EntityReader Reader, DgnDb Native, JsonElement Row, IReadOnlyList<ReadOnlyMemory<byte>> Binaries, JsonElement Load, Utf8JsonWriter Writer)
{
    /// <summary>A property; undefined when the row has none of the name.</summary>
    public JsonElement this[string name] => Row.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>Whether the row has a property.</summary>
    public bool Has(string name) => Row.TryGetProperty(name, out _);

    /// <summary>Whether a property is true.</summary>
    public bool IsTrue(string name) => this[name].ValueKind == JsonValueKind.True;

    /// <summary>The id that a navigation property points to.</summary>
    /// <exception cref="UnreadableEntityException">The property is missing.</exception>
    public string Id(string name) =>
        this[name] is { ValueKind: JsonValueKind.Object } target && target.TryGetProperty("id"u8, out JsonElement id)
            ? id.GetString()!
            : throw new UnreadableEntityException($"{name} is missing");

    /// <summary>A number, or another for a property that is missing.</summary>
    public double Number(string name, double otherwise = 0) => this[name] is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : otherwise;

    /// <summary>An option of how the entity is to be loaded.</summary>
    public JsonElement Option(string group, string name) =>
        Load.ValueKind == JsonValueKind.Object && Load.TryGetProperty(group, out JsonElement options) && options.ValueKind == JsonValueKind.Object
            && options.TryGetProperty(name, out JsonElement option)
            ? option
            : default;

    /// <summary>Writes a property as it is, if there is one.</summary>
    public void Copy(string name, string? asName = null)
    {
        if (!Row.TryGetProperty(name, out JsonElement value))
            return;
        Writer.WritePropertyName(asName ?? name);
        value.WriteTo(Writer);
    }

    /// <summary>Writes a text property, empty if there is none.</summary>
    public void CopyText(string name) =>
        Writer.WriteString(name, this[name] is { ValueKind: JsonValueKind.String } text ? text.GetString() : "");

    /// <summary>Writes a point as an array of its coordinates.</summary>
    /// <exception cref="UnreadableEntityException">The point is missing.</exception>
    public void WritePoint(string name, string property, bool is2d = false)
    {
        if (this[property] is not { ValueKind: JsonValueKind.Object } point)
            throw new UnreadableEntityException($"{property} is missing");
        Writer.WriteStartArray(name);
        point.GetProperty("x"u8).WriteTo(Writer);
        point.GetProperty("y"u8).WriteTo(Writer);
        if (!is2d)
            point.GetProperty("z"u8).WriteTo(Writer);
        Writer.WriteEndArray();
    }

    /// <summary>Writes the box of geometry, if there is one.</summary>
    public void WriteBox(bool is2d = false)
    {
        if (!Has("bBoxLow") || !Has("bBoxHigh"))
            return;
        Writer.WriteStartObject("bbox"u8);
        WritePoint("low", "bBoxLow", is2d);
        WritePoint("high", "bBoxHigh", is2d);
        Writer.WriteEndObject();
    }

    /// <summary>Writes yaw, pitch and roll in degrees, those that are not zero (core-geometry <c>YawPitchRollAngles.toJSON</c>).</summary>
    public void WriteAngles()
    {
        Writer.WriteStartObject("angles"u8);
        WriteAngle("pitch");
        WriteAngle("roll");
        WriteAngle("yaw");
        Writer.WriteEndObject();
    }

    private void WriteAngle(string name)
    {
        if (!Angles.IsAlmostZero(Number(name)))
            Copy(name);
    }
}
