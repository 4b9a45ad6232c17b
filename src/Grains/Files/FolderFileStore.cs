using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Files;

/// <summary>Shared files in a folder that all silos see.</summary>
public sealed class FolderFileStore(IOptions<FilesOptions> options) : IFileStore
{
    // In the same file system as the files, so that the last step is a rename. No name begins with a dot.
    private const string PartialFolder = ".partial";
    private const int BufferBytes = 1 << 20;

    private readonly string _root = Path.GetFullPath(options.Value.Folder);

    /// <inheritdoc/>
    public async Task<StoredFile> PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        StoredName.Check(name);
        var partial = Path.Join(_root, PartialFolder, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
            content.Position = 0;
            StoredFile stored = await WriteAsync(name, partial, content, cancellationToken).ConfigureAwait(false);
            var target = PathOf(name);
            var folder = Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(folder);
            File.Move(partial, target, overwrite: false);
            for (; folder.Length >= _root.Length; folder = Path.GetDirectoryName(folder)!)
                FolderFlush.Run(folder);
            return stored;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException($"{name} could not be stored: {exception.Message}", exception);
        }
        finally
        {
            RemovePartial(partial);
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancellationToken)
    {
        StoredName.Check(name);
        try
        {
            var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            file.Position = offset;
            return Task.FromResult<Stream?>(file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(_root))
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException($"{name} could not be read: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        StoredName.Check(name);
        try
        {
            File.Delete(PathOf(name));
        }
        catch (DirectoryNotFoundException)
        {
            // There is no such file.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException($"{name} could not be removed: {exception.Message}", exception);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredName.Check(folder);
        string[] files;
        try
        {
            var path = PathOf(folder);
            files = Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException($"{folder} could not be listed: {exception.Message}", exception);
        }

        foreach (var file in files)
            yield return Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/');
        await Task.CompletedTask.ConfigureAwait(false);
    }

    private string PathOf(string name) => Path.Join(_root, name);

    private static async Task<StoredFile> WriteAsync(string name, string partial, Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
            return new StoredFile(name, file.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void RemovePartial(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whatever made it impossible is what the caller is told.
        }
    }
}
