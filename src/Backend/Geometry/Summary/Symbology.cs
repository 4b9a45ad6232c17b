using System.Text.Json;
using ITwinOrleans.Backend.Elements;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>How the geometry that follows is shown (core-common <c>GeometryParams</c>), as its JSON.</summary>
internal sealed class Symbology
{
    private static readonly string[] Order =
    [
        "materialId", "elmPriority", "weight", "lineColor", "fillColor", "backgroundFill", "fillDisplay", "elmTransparency", "fillTransparency",
        "geometryClass", "styleInfo", "gradient", "pattern",
    ];

    private readonly string _category;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private string _subCategory;

    /// <summary>The appearance of a category's default sub-category.</summary>
    public Symbology(string category)
    {
        _category = category;
        // core-common IModel.getDefaultSubCategoryId: the next id.
        _subCategory = Id64.IsValid(category) ? Id64.FromNumber(Id64.ToNumber(category) + 1) : Id64.Invalid;
    }

    /// <summary>Takes an entry of the geometry stream that changes the appearance; false when it is another.</summary>
    public bool TryApply(JsonElement entry)
    {
        if (entry.TryGetProperty("appearance"u8, out JsonElement appearance))
        {
            _values.Clear();
            if (appearance.TryGetProperty("subCategory"u8, out JsonElement subCategory))
                _subCategory = subCategory.GetString() ?? Id64.Invalid;
            Take(appearance, "color", "lineColor");
            Take(appearance, "weight", "weight");
            if (appearance.TryGetProperty("style"u8, out JsonElement style))
                _values["styleInfo"] = $"{{\"styleId\":{Compact.Write(style)}}}";
            Take(appearance, "transparency", "elmTransparency");
            Take(appearance, "displayPriority", "elmPriority");
            Take(appearance, "geometryClass", "geometryClass");
            return true;
        }

        if (entry.TryGetProperty("fill"u8, out JsonElement fill))
        {
            Take(fill, "display", "fillDisplay");
            Take(fill, "transparency", "fillTransparency");
            if (!Take(fill, "gradient", "gradient") && !Take(fill, "backgroundFill", "backgroundFill"))
                Take(fill, "color", "fillColor");
            return true;
        }

        if (entry.TryGetProperty("material"u8, out JsonElement material))
        {
            Take(material, "materialId", "materialId");
            return true;
        }

        return Take(entry, "pattern", "pattern") || entry.TryGetProperty("styleMod"u8, out _);
    }

    /// <summary>As JSON.</summary>
    public string ToJson()
    {
        string values = string.Concat(Order.Where(_values.ContainsKey).Select(name => $",\"{name}\":{_values[name]}"));
        return $"{{\"categoryId\":\"{_category}\",\"subCategoryId\":\"{_subCategory}\"{values}}}";
    }

    private bool Take(JsonElement from, string name, string asName)
    {
        if (!from.TryGetProperty(name, out JsonElement value))
            return false;
        _values[asName] = Compact.Write(value);
        return true;
    }
}
