using System.Collections.Frozen;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>The classes whose entities are more than their properties copied.</summary>
internal static class EntityRules
{
    private static readonly FrozenDictionary<string, EntityRule> All =
        ((EntityRule[])[.. ElementRules.All, .. GeometryRules.All, .. DefinitionRules.All, .. ViewRules.All, .. ModelRules.All])
        .ToFrozenDictionary(static rule => rule.ClassFullName, StringComparer.Ordinal);

    /// <summary>The rule of a class, or null.</summary>
    public static EntityRule? Find(string classFullName) => All.GetValueOrDefault(classFullName);
}
