using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ITwinOrleans.Api.Tiles;

/// <summary>
/// A cached tile's file: 8 bytes "itwtile1", 8 bytes length (little endian), 32 bytes SHA-256 of the content, the content. A file of which any of it
/// is wrong (cut by a crash, changed) is none.
/// </summary>
internal static class TileFile
{
    /// <summary>The bytes before the content.</summary>
    public const int HeaderLength = 48;

    private static ReadOnlySpan<byte> Magic => "itwtile1"u8;

    /// <summary>Writes a file that is whole or not there: beside it first, then renamed.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), content.Length);
        SHA256.HashData(content.Span, header.AsSpan(16));
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            using (SafeFileHandle file = File.OpenHandle(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous, HeaderLength + content.Length))
            {
                await RandomAccess.WriteAsync(file, header, 0, cancellationToken).ConfigureAwait(false);
                await RandomAccess.WriteAsync(file, content, HeaderLength, cancellationToken).ConfigureAwait(false);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Reads some of an open file's content.</summary>
    /// <remarks>By the caller's thread: an asynchronous read of a file is one by another thread, which takes longer than copying a tile from the system's cache.</remarks>
    /// <exception cref="EndOfStreamException">The file is shorter than its header said.</exception>
    public static int ReadSome(SafeFileHandle file, Span<byte> memory, long offset)
    {
        int read = RandomAccess.Read(file, memory, HeaderLength + offset);
        return read > 0 ? read : throw new EndOfStreamException("A cached tile became shorter while it was read.");
    }

    /// <summary>Opens a file and checks its header and length; with <paramref name="verify"/> its content, too.</summary>
    /// <returns>The file and its content's length; null when there is none that can be trusted.</returns>
    public static (SafeFileHandle File, long Length)? TryOpen(string path, bool verify)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            Span<byte> header = stackalloc byte[HeaderLength];
            if (RandomAccess.Read(file, header, 0) == HeaderLength && header.StartsWith(Magic))
            {
                long length = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
                if (RandomAccess.GetLength(file) == HeaderLength + length && (!verify || HasHash(file, length, header[16..])))
                {
                    SafeFileHandle opened = file;
                    file = null;
                    return (opened, length);
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static bool HasHash(SafeFileHandle file, long length, ReadOnlySpan<byte> expected)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (long offset = 0; offset < length;)
            {
                int read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - offset)), HeaderLength + offset);
                if (read == 0)
                    return false;
                hash.AppendData(buffer, 0, read);
                offset += read;
            }

            Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
            hash.GetHashAndReset(actual);
            return actual.SequenceEqual(expected);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
