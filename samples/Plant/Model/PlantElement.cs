using System.Text.Json.Nodes;

namespace ITwinOrleans.Samples.Plant;

/// <summary>A physical element to insert.</summary>
/// <param name="ClassName">Its class, of the Plant schema.</param>
/// <param name="Category">Its category.</param>
/// <param name="Label">Its user label.</param>
internal sealed record PlantElement(string ClassName, Category Category, string Label)
{
    /// <summary>Its code value, unique in the plant; without one it has no code.</summary>
    public string? Tag { get; init; }

    /// <summary>The assembly that it is a part of, an element of the same model.</summary>
    public string? Parent { get; init; }

    /// <summary>Where its geometry lies.</summary>
    public Placement Placement { get; init; }

    /// <summary>Its geometry; an assembly may have none.</summary>
    public GeometryStreamBuilder? Geometry { get; init; }

    /// <summary>Its class's properties, by their JSON names.</summary>
    public JsonObject? Properties { get; init; }
}
