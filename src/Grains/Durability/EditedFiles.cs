using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Durability;

/// <summary>Asks this process's owners and the journal of all.</summary>
internal sealed class EditedFiles(IModelCatalog catalog, ILiveFiles files, IOptions<OwnerOptions> options) : IEditedFiles
{
    /// <inheritdoc/>
    public async Task<bool> IsEditedAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return catalog.IsLive(key) || await files.IsElsewhereAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalUnavailableException exception)
        {
            throw new IModelBusyException("The store of live iModels cannot be reached.", options.Value.RetryAfter, exception);
        }
    }
}
