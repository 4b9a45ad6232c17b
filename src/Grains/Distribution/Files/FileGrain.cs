using ITwinOrleans.Grains.Catalog;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution.Files;

/// <summary>Tells Apis of files: has them read by the silo's workers, but for what the silo's own catalogue knows already.</summary>
[StatelessWorker]
internal sealed class FileGrain(IModelCatalog catalog, IFileDescriber describer, IEditedFiles edited) : Grain, IFileGrain
{
    public async ValueTask<DescribedFile> DescribeAsync(string key, string path, long sizeBytes, long modifiedNanoseconds, CancellationToken cancellationToken)
    {
        var identity = IModelKey.IsValid(path) ? catalog.Refresh(path)?.Identity : IModelUploads.FindPartial(catalog.Scanner.Root, path);
        if (identity is null || identity.SizeBytes != sizeBytes || identity.ModifiedNanoseconds != modifiedNanoseconds)
            return new DescribedFile { IsElsewhere = true };
        if (catalog.Entries.FirstOrDefault(e => e.Key == path) is { Description: { } known })
            return DescribedFile.From(known);
        try
        {
            return DescribedFile.From(await describer.DescribeAsync(key, identity.Path, cancellationToken).ConfigureAwait(true));
        }
        catch (NotAnIModelException exception)
        {
            return new DescribedFile { Reason = exception.Message, ErrorNumber = exception.ErrorNumber };
        }
    }

    public ValueTask<bool> IsEditedAsync(string key, CancellationToken cancellationToken) => new(edited.IsEditedAsync(key, cancellationToken));
}
