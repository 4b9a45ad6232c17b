using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Files;

/// <summary>Has a silo read what files are, for a process without workers over the same folder.</summary>
internal sealed class RemoteFileDescriber(IGrainFactory grains, PatientCalls calls, IOptions<CatalogOptions> options) : IFileDescriber
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Value.DataFolder));

    /// <inheritdoc/>
    public async Task<IModelDescription> DescribeAsync(string key, string path, CancellationToken cancellationToken)
    {
        var identity = FileStatus.TryRead(path) ?? throw Unknown("The file is gone.");
        var relative = Path.GetRelativePath(_root, path);
        DescribedFile file;
        try
        {
            file = await calls.RunAsync(
                key, isRepeatable: true,
                token => grains.GetGrain<IFileGrain>(0).DescribeAsync(key, relative, identity.SizeBytes, identity.ModifiedNanoseconds, token),
                _ => { }, cancellationToken).ConfigureAwait(false);
        }
        catch (Loss.UnreachableException exception)
        {
            throw Unknown(exception.Message);
        }

        if (file.IsElsewhere)
            throw Unknown("The silo that was asked does not see the file, or sees another one.");
        return file.Reason is null ? file.ToDescription() : throw new NotAnIModelException(file.Reason, file.ErrorNumber);
    }

    private static WorkerLostException Unknown(string reason) => new(WorkerLossReason.Stopped, mayHaveRun: false, reason);
}
