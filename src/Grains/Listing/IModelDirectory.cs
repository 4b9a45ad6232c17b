using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Listing;

/// <summary>The list of iModels as people see it: what the catalogue knows of each file, with what its owner does.</summary>
public sealed class IModelDirectory(IModelCatalog catalog, IOwnerStatuses owners, TimeProvider time)
{
    /// <summary>How long a list waits for files that are still to be read, rather than showing them as <c>unread</c>.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>All iModels, by key; not the versions of live ones.</summary>
    public async Task<IReadOnlyList<IModelListing>> ListAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(catalog.WhenReadAsync, cancellationToken).ConfigureAwait(false);
        var statuses = await owners.GetAsync(cancellationToken).ConfigureAwait(false);
        return [.. catalog.Entries.Where(e => !VersionKey.IsVersion(e.Key)).Select(e => IModelListing.Of(e, statuses.GetValueOrDefault(e.Key)))];
    }

    /// <summary>One iModel, or null.</summary>
    public async Task<IModelListing?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (catalog.Find(key) is { State: CatalogState.Unread })
            await WaitAsync(token => catalog.FindReadAsync(key, token), cancellationToken).ConfigureAwait(false);
        if (catalog.Find(key) is not { } entry)
            return null;
        var statuses = await owners.GetAsync(cancellationToken).ConfigureAwait(false);
        return IModelListing.Of(entry, statuses.GetValueOrDefault(key));
    }

    /// <summary>Who uses an iModel.</summary>
    public async Task<IReadOnlyList<SessionInfo>> SessionsAsync(string key, CancellationToken cancellationToken)
    {
        var statuses = await owners.GetAsync(cancellationToken).ConfigureAwait(false);
        return statuses.GetValueOrDefault(key)?.Sessions ?? [];
    }

    private async Task WaitAsync(Func<CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await read(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
