namespace ITwinOrleans.Grains.Catalog;

/// <summary>Reads what a file is, with the native library.</summary>
public interface IFileDescriber
{
    /// <summary>Opens the file for a moment.</summary>
    /// <param name="key">The name of the file for messages.</param>
    /// <param name="path">The file's full path.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NotAnIModelException">The native library refuses the file, or ended while it read it.</exception>
    /// <exception cref="Worker.Work.WorkerException">No worker could be had: nothing is known of the file.</exception>
    Task<IModelDescription> DescribeAsync(string key, string path, CancellationToken cancellationToken);
}
