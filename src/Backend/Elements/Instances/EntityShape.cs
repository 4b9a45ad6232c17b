using System.Collections.Frozen;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>How the entities of one class are read: the rules of the class and its base classes together.</summary>
internal sealed class EntityShape
{
    private readonly FrozenSet<string> _handled;

    /// <summary>Puts the shape of a class together.</summary>
    /// <param name="hierarchy">The class and its base classes, the most general last.</param>
    public EntityShape(IReadOnlyList<string> hierarchy)
    {
        Rules = [.. hierarchy.Reverse().Select(EntityRules.Find).OfType<EntityRule>()];
        IsDisplayStyle = hierarchy.Contains(DisplayStyles.ClassFullName);
        _handled = Rules.SelectMany(static rule => rule.Handled).Concat(["classFullName", "id", "className", "jsonProperties"]).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Whether entities of the class are display styles, whose json properties depend on how they are loaded.</summary>
    public bool IsDisplayStyle { get; }

    /// <summary>The rules, the most general first.</summary>
    public IReadOnlyList<EntityRule> Rules { get; }

    /// <summary>Whether a property is not simply copied.</summary>
    public bool Handles(string property) => _handled.Contains(property);
}
