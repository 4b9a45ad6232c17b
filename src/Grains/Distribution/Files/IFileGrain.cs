using ITwinOrleans.Grains.Catalog;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution.Files;

/// <summary>Reads what files of the shared folder are, for Apis, which have no workers. On the nearest silo; the key is always 0.</summary>
internal interface IFileGrain : IGrainWithIntegerKey
{
    /// <summary>Describes a file.</summary>
    /// <param name="key">The name of the file for messages.</param>
    /// <param name="path">The file's path below the data folder, which may be mounted elsewhere here.</param>
    /// <param name="sizeBytes">The file's length, as the caller sees it.</param>
    /// <param name="modifiedNanoseconds">The file's time, as the caller sees it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [AlwaysInterleave]
    ValueTask<DescribedFile> DescribeAsync(string key, string path, long sizeBytes, long modifiedNanoseconds, CancellationToken cancellationToken);

    /// <inheritdoc cref="IEditedFiles.IsEditedAsync"/>
    [AlwaysInterleave]
    ValueTask<bool> IsEditedAsync(string key, CancellationToken cancellationToken);
}
