using System.Buffers;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>Adds files to the catalogue. A file appears under its key whole, checked and durable, or not at all.</summary>
public sealed class IModelUploads(IModelCatalog catalog, IFileDescriber describer, IEditedFiles edited, IOptions<CatalogOptions> options, TimeProvider time)
{
    // Hidden, so never listed; in the data folder, so that the last step is a rename within one file system.
    private const string PartialFolder = ".uploads", PartialExtension = ".partial";
    private const int BufferBytes = 1 << 20;
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Takes a file in.</summary>
    /// <param name="key">The file key that it is to have.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="replace">Whether it may take the place of a file of that key; who has that one open goes on with the new one.</param>
    /// <param name="progress">Told the number of bytes so far.</param>
    /// <param name="cancellationToken">Gives up; nothing remains.</param>
    /// <exception cref="UploadRefusedException">It was not taken.</exception>
    public async Task<CatalogEntry> AddAsync(string key, Stream content, bool replace, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        CheckKey(key, replace);
        await CheckEditedAsync(key, cancellationToken).ConfigureAwait(false);
        var partial = Path.Join(Directory.CreateDirectory(Path.Join(catalog.Scanner.Root, PartialFolder)).FullName, Guid.NewGuid().ToString("N") + PartialExtension);
        try
        {
            await WriteAsync(partial, content, progress, cancellationToken).ConfigureAwait(false);
            var description = await DescribeAsync(key, partial, cancellationToken).ConfigureAwait(false);
            await CheckEditedAsync(key, cancellationToken).ConfigureAwait(false);
            Publish(key, partial, replace);
            return catalog.Accept(key, description) ?? throw new UploadRefusedException(UploadRefusal.BadKey, "The file was removed as soon as it was added.");
        }
        finally
        {
            DeletePartial(partial);
        }
    }

    /// <summary>The file of an upload that is not finished, by its path below the data folder; null for any other path.</summary>
    internal static FileIdentity? FindPartial(string root, string path) =>
        Path.GetDirectoryName(path) == PartialFolder && Path.GetExtension(path) == PartialExtension && Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out _)
            ? FileStatus.TryRead(Path.Join(root, path))
            : null;

    /// <summary>Removes what uploads left behind whose server ended.</summary>
    internal void RemoveAbandoned()
    {
        var folder = new DirectoryInfo(Path.Join(catalog.Scanner.Root, PartialFolder));
        if (!folder.Exists)
            return;
        foreach (var file in folder.EnumerateFiles("*" + PartialExtension).Where(f => f.LastWriteTimeUtc < time.GetUtcNow() - Abandoned))
            DeletePartial(file.FullName);
    }

    private void CheckKey(string key, bool replace)
    {
        if (!IModelKey.IsValid(key, out var reason))
            throw new UploadRefusedException(UploadRefusal.BadKey, $"The key cannot be used: {reason}.");
        if (VersionKey.IsVersion(key))
            throw new UploadRefusedException(UploadRefusal.BadKey, "The key cannot be used: a part of it ends in .bim.versions, where versions are kept.");
        if (catalog.Scanner.HasLinkedFolder(key))
            throw new UploadRefusedException(UploadRefusal.BadKey, "The key cannot be used: a part of it is not a folder.");
        if (!replace && Path.Exists(catalog.Scanner.PathOf(key)))
            throw Exists();
    }

    // Before anything is sent, and once more: that may have taken hours.
    private async Task CheckEditedAsync(string key, CancellationToken cancellationToken)
    {
        if (await edited.IsEditedAsync(key, cancellationToken).ConfigureAwait(false))
        {
            throw new UploadRefusedException(
                UploadRefusal.InUse, "The iModel is open for editing, or has edits that its file lacks, and they are not thrown away. Give the file another key.");
        }
    }

    private async Task WriteAsync(string path, Stream content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var limit = options.Value.MaxUploadBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            long total = 0;
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; progress?.Report(total))
            {
                total += read;
                if (total > limit)
                    throw new UploadRefusedException(UploadRefusal.TooLarge, $"The file is larger than the {limit} bytes that are allowed.");
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<IModelDescription> DescribeAsync(string key, string partial, CancellationToken cancellationToken)
    {
        try
        {
            return await describer.DescribeAsync(key, partial, cancellationToken).ConfigureAwait(false);
        }
        catch (NotAnIModelException exception)
        {
            throw new UploadRefusedException(UploadRefusal.NotAnIModel, $"The file is not an iModel that can be opened: {exception.Message}", exception);
        }
    }

    private void Publish(string key, string partial, bool replace)
    {
        var target = catalog.Scanner.PathOf(key);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(partial, target, replace);
        }
        catch (IOException) when (!replace && File.Exists(target))
        {
            throw Exists();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && Directory.Exists(target))
        {
            throw new UploadRefusedException(UploadRefusal.BadKey, "The key cannot be used: there is a folder of that name.", exception);
        }
    }

    // The native library may have put its caches beside the file that it read.
    private static void DeletePartial(string partial)
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(partial)!, Path.GetFileName(partial) + "*"))
            File.Delete(file);
    }

    private static UploadRefusedException Exists() => new(UploadRefusal.Exists, "There is an iModel of that key already.");
}
