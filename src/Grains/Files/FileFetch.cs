using System.Buffers;
using System.Security.Cryptography;

namespace ITwinOrleans.Grains.Files;

/// <summary>Makes a local copy of a shared file: goes on with a partial one, and keeps it only if its hash is right.</summary>
internal static class FileFetch
{
    public const string PartialExtension = ".partial";

    private const int BufferBytes = 1 << 20, Attempts = 3;

    public static string PartialOf(string path) => Path.Join(Path.GetDirectoryName(path), "." + Path.GetFileName(path) + PartialExtension);

    /// <summary>Makes sure that the copy is there; one that is there already is checked.</summary>
    public static async Task RunAsync(IFileStore store, StoredFile file, string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            if (new FileInfo(path).Length == file.Size && await HashAsync(path, cancellationToken).ConfigureAwait(false) == file.Hash)
                return;
            File.Delete(path);
        }

        var partial = PartialOf(path);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await AppendAsync(store, file, partial, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // The connection broke: what came is kept, the next attempt goes on behind it.
                continue;
            }

            if (await HashAsync(partial, cancellationToken).ConfigureAwait(false) == file.Hash)
                break;
            File.Delete(partial);
            if (attempt >= Attempts)
                throw new FileStoreException($"{file.Name} does not have the content that was stored.");
        }

        File.Move(partial, path, overwrite: true);
    }

    private static async Task AppendAsync(IFileStore store, StoredFile file, string partial, CancellationToken cancellationToken)
    {
        await using var target = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        if (target.Length > file.Size)
            target.SetLength(0);
        target.Position = target.Length;
        if (target.Length == file.Size)
            return;
        await using Stream content = await store.OpenReadAsync(file.Name, target.Length, cancellationToken).ConfigureAwait(false)
            ?? throw new FileStoreException($"{file.Name} is not in the store.");
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0 && target.Length <= file.Size;)
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        target.Flush(flushToDisk: true);
        if (target.Length < file.Size)
            throw new EndOfStreamException($"{file.Name} ended early.");
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }
}
