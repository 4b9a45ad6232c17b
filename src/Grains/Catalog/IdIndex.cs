using System.Collections.Frozen;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>Finds entries by their ids. Of several files of one version a fixed one answers before a live one, then the first by key.</summary>
internal sealed class IdIndex
{
    private readonly FrozenDictionary<(string IModelId, string ChangesetId), CatalogEntry> _entries;

    public IdIndex(IEnumerable<CatalogEntry> entries) =>
        _entries = entries
            .Where(e => e.Description is not null)
            .GroupBy(e => (e.Description!.IModelId, e.Description.Changeset.Id))
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(e => e.Description!.IsEditable).ThenBy(e => e.Key, StringComparer.Ordinal).First());

    /// <summary>The entry of a version, or null. A token that names another iTwin than the file's finds nothing.</summary>
    public CatalogEntry? Find(IModelToken token)
    {
        var (iModelId, changesetId) = IdsOf(token);
        if (!_entries.TryGetValue((iModelId, changesetId), out var entry))
            return null;
        return string.IsNullOrEmpty(token.ITwinId) || string.Equals(token.ITwinId, entry.Description!.ITwinId, StringComparison.OrdinalIgnoreCase) ? entry : null;
    }

    private static (string IModelId, string ChangesetId) IdsOf(IModelToken token)
    {
        if (token.Key is { } key && key.IndexOf(':') is >= 0 and var colon)
            return (key[..colon].ToLowerInvariant(), key[(colon + 1)..]);
        return ((token.IModelId ?? "").ToLowerInvariant(), token.ChangesetId is null or "0" ? "" : token.ChangesetId);
    }
}
