namespace ITwinOrleans.Grains.Catalog;

/// <summary>The version of an iModel that a file holds.</summary>
/// <param name="Id">The changeset's id; empty for the first version.</param>
/// <param name="Index">The changeset's index; 0 for the first version.</param>
public sealed record ChangesetRef(string Id, int Index);
