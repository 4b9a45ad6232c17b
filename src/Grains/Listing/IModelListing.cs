using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Listing;

/// <summary>One line of the list of iModels.</summary>
/// <param name="Key">The file key.</param>
/// <param name="Name">The iModel's name; the file's name where it could not be read (yet).</param>
/// <param name="IModelId">The iModel's id, or null.</param>
/// <param name="ITwinId">The iTwin's id, or null.</param>
/// <param name="Changeset">The version, or null.</param>
/// <param name="SizeBytes">The file's size.</param>
/// <param name="Modified">When the file was last changed.</param>
/// <param name="Extents">The project extents in metres, or null.</param>
/// <param name="State"><c>unread</c>, <c>invalid</c>, <c>closed</c>, <c>opening</c>, <c>open</c> or <c>closing</c>.</param>
/// <param name="Reason">Why it is invalid, or null.</param>
/// <param name="Sessions">How many frontends use it.</param>
/// <param name="Writable">Whether people may change it while others look at it; null when it could not be read (yet).</param>
public sealed record IModelListing(
    string Key, string Name, string? IModelId, string? ITwinId, ChangesetRef? Changeset, long SizeBytes, DateTimeOffset Modified, Extents? Extents,
    string State, string? Reason, int Sessions, bool? Writable)
{
    internal static IModelListing Of(CatalogEntry entry, IModelStatus? status) => new(
        entry.Key,
        entry.Description?.Name is { Length: > 0 } name ? name : Path.GetFileNameWithoutExtension(entry.Key),
        entry.Description?.IModelId,
        entry.Description?.ITwinId,
        entry.Description?.Changeset,
        entry.Identity.SizeBytes,
        entry.Identity.Modified,
        entry.Description?.Extents,
        StateOf(entry, status),
        entry.Reason,
        status?.Sessions.Count ?? 0,
        entry.Description?.IsEditable);

    private static string StateOf(CatalogEntry entry, IModelStatus? status) => (entry.State, status?.State) switch
    {
        (CatalogState.Invalid, _) => "invalid",
        (_, IModelState.Open) => "open",
        (_, IModelState.Opening) => "opening",
        (_, IModelState.Closing) => "closing",
        (CatalogState.Unread, _) => "unread",
        _ => "closed",
    };
}
