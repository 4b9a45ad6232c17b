namespace ITwinOrleans.Api.Security;

/// <summary>What somebody may do with an iModel; each right includes the ones before it.</summary>
public enum IModelRight
{
    /// <summary>View, query, download.</summary>
    Read,

    /// <summary>Edit.</summary>
    Write,

    /// <summary>Add, replace, see who uses it.</summary>
    Manage,
}
