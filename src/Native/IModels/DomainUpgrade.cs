namespace ITwinOrleans.Native.IModels;

/// <summary>What is done about domain schemas that are older than the library's (iTwin.js: <c>DomainOptions</c>).</summary>
public enum DomainUpgrade
{
    /// <summary>Open fails if a schema must be upgraded.</summary>
    CheckRequiredUpgrades = 0,

    /// <summary>Open fails if a schema could be upgraded.</summary>
    CheckRecommendedUpgrades = 1,

    /// <summary>Schemas are upgraded.</summary>
    Upgrade = 2,

    /// <summary>Nothing is checked.</summary>
    SkipCheck = 3,
}
