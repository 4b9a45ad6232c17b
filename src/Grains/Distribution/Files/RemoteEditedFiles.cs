using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Files;

/// <summary>Asks a silo, for a process that has no journal.</summary>
internal sealed class RemoteEditedFiles(IGrainFactory grains, PatientCalls calls, IOptions<OwnerOptions> options) : IEditedFiles
{
    /// <inheritdoc/>
    public async Task<bool> IsEditedAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.RunAsync(
                key, isRepeatable: true, token => grains.GetGrain<IFileGrain>(0).IsEditedAsync(key, token), _ => { }, cancellationToken).ConfigureAwait(false);
        }
        catch (Loss.UnreachableException exception)
        {
            throw new IModelBusyException("No silo can be reached now.", options.Value.RetryAfter, exception);
        }
    }
}
