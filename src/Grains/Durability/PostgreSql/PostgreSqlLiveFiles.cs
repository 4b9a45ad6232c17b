using ITwinOrleans.Grains.Durability.Wal;
using ITwinOrleans.Grains.Files;
using Microsoft.Win32.SafeHandles;
using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>Makes an iModel's file anew from its base and its journal.</summary>
internal sealed class PostgreSqlLiveFiles(JournalServices services, FileCache cache) : ILiveFiles, IDisposable
{
    // Read together: bounds the memory (a chunk is at most 1 MB of pages, compressed).
    private const int ChunksAtOnce = 32;

    private const string ChunksSql = "select position, content, hash from itwin.chunk where key = $1 and position > $2 order by position limit $3";

    private readonly LiveFolder _folder = new(services.Options.LiveFolder);

    /// <inheritdoc/>
    /// <remarks>Every opening for writing writes into the file, so that its journal has a part.</remarks>
    public Task<bool> IsElsewhereAsync(string key, CancellationToken cancellationToken) => services.Database.RunAsync(
        async (connection, limit) => await JournalHead.FindAsync(connection, key, limit).ConfigureAwait(false) is { Position: > 0 }, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> PrepareAsync(Ownership ownership, CancellationToken cancellationToken)
    {
        var (head, known) = await services.Database.RunAsync(
            async (connection, limit) => (await JournalHead.ReadAsync(connection, ownership, limit).ConfigureAwait(false),
                await JournalBase.ReadAsync(connection, ownership.Key, limit).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        JournalBase start = known ?? await SeedAsync(ownership, head, cancellationToken).ConfigureAwait(false);
        var path = _folder.Prepare(ownership);
        try
        {
            using (CachedFile copy = await cache.GetAsync(start.File, cancellationToken).ConfigureAwait(false))
                File.Copy(copy.Path, path);
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            await ApplyAsync(file, ownership.Key, start.Position, head.Position, cancellationToken).ConfigureAwait(false);
            return path;
        }
        catch (FileStoreException exception)
        {
            throw new JournalUnavailableException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    // The first opening for writing: what is in the catalogue becomes the base.
    private async Task<JournalBase> SeedAsync(Ownership ownership, JournalHead head, CancellationToken cancellationToken)
    {
        if (head.Position > 0)
            throw new JournalDamagedException($"The base of {ownership.Key} is missing.");
        var log = new FileInfo(ownership.Path + "-wal");
        if (log is { Exists: true, Length: > 0 })
            throw new IOException($"{ownership.Key} has a write-ahead log beside it: another program has it open or did not close it. Open and close it with that program first.");
        var path = _folder.Prepare(ownership);
        File.Copy(ownership.Path, path);
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        UseLog(file);
        return await new BasePublisher(services, ownership).PublishAsync(file, 0, cancellationToken).ConfigureAwait(false);
    }

    // SQLite would do it as the file is opened for writing, and that is the one change that it writes past the log, where the journal does not see it
    // (sqlite.org/fileformat2.html, 1.3.3: the file format's write and read versions).
    private static void UseLog(SafeFileHandle file)
    {
        const int versions = 18;
        const byte log = 2;
        RandomAccess.Write(file, [log, log], versions);
    }

    private async Task ApplyAsync(SafeFileHandle file, string key, long from, long to, CancellationToken cancellationToken)
    {
        for (var position = from; position < to;)
        {
            var after = position;
            List<(long Position, PageChunk Chunk)> chunks = await services.Database.RunAsync(
                (connection, limit) => ReadAsync(connection, key, after, limit), cancellationToken).ConfigureAwait(false);
            if (chunks.Count == 0)
                throw new JournalDamagedException($"The journal of {key} ends at {position} instead of {to}.");
            foreach (var (at, chunk) in chunks)
            {
                if (at != ++position)
                    throw new JournalDamagedException($"The journal of {key} has no part {position}.");
                PageChunkApplier.Apply(file, chunk);
            }
        }

        RandomAccess.FlushToDisk(file);
    }

    private static async Task<List<(long Position, PageChunk Chunk)>> ReadAsync(NpgsqlConnection connection, string key, long after, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(ChunksSql, key, after, ChunksAtOnce);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<(long, PageChunk)> chunks = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            chunks.Add((reader.GetInt64(0), new PageChunk(reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2))));
        return chunks;
    }
}
