using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Workers;

/// <summary>Reads what files are in the silo's workers.</summary>
public sealed class WorkerFileDescriber(IWorkerPool pool, IOptions<CatalogOptions> options) : IFileDescriber
{
    /// <inheritdoc/>
    public async Task<IModelDescription> DescribeAsync(string key, string path, CancellationToken cancellationToken)
    {
        var client = new IModelWorkerClient(pool.AnyWorker());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return IModelDescription.Parse(await client.DescribeAsync(new DescribeWork(key, path), cancellationToken).ConfigureAwait(false));
            }
            catch (FormatException exception)
            {
                throw new NotAnIModelException(exception.Message, inner: exception);
            }
            catch (WorkerLostException exception) when (exception is { MayHaveRun: true, Reason: not WorkerLossReason.Stopped })
            {
                // Once may be somebody else's fault; a file that ends its worker again is not asked for a third time.
                if (attempt >= options.Value.DescribeAttempts)
                    throw new NotAnIModelException("The native library ended while it read the file.", inner: exception);
            }
        }
    }
}
