using ITwinOrleans.Grains.Durability.Wal;
using ITwinOrleans.Grains.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>Makes an iModel's file anew from its base and its journal.</summary>
internal sealed partial class PostgreSqlLiveFiles(JournalServices services, FileCache cache, TimeProvider time) : ILiveFiles, IDisposable
{
    private const string ChunksSql = "select position, content, hash from itwin.chunk where key = $1 and position > $2 and position <= $3 order by position limit $4";

    // Read together; less where they are large, to bound the memory (a chunk is at most 1 MB of pages, compressed; most are of a few KB).
    private const int ChunksAtOnce = 256, BytesAtOnce = 32 * 1024 * 1024;

    private readonly LiveFolder _folder = new(services.Options.LiveFolder);
    private readonly AheadFiles _ahead = new(time);

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
        if (!await TryUseAheadAsync(path, ownership, start, head, cancellationToken).ConfigureAwait(false))
            await RestoreAsync(path, ownership.Key, start, head.Position, cancellationToken).ConfigureAwait(false);
        return path;
    }

    /// <inheritdoc/>
    /// <remarks>Goes on with the file when it is asked for again.</remarks>
    public async Task PrepareAheadAsync(string key, CancellationToken cancellationToken)
    {
        var (head, start) = await services.Database.RunAsync(
            async (connection, limit) => (await JournalHead.FindAsync(connection, key, limit).ConfigureAwait(false),
                await JournalBase.ReadAsync(connection, key, limit).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        if (head is null || start is null)
            return;

        AheadFile? kept = _ahead.Take(key);
        if (kept is not null && (kept.Epoch != head.Epoch || kept.Base != start))
        {
            kept.Remove();
            kept = null;
        }

        // The owner may have published a base since the head was read.
        var ahead = new AheadFile(key, head.Epoch, start, Math.Max(head.Position, start.Position), kept?.Path ?? _folder.PrepareAhead());
        try
        {
            if (kept is null)
                await RestoreAsync(ahead.Path, key, start, ahead.Position, cancellationToken).ConfigureAwait(false);
            else
                await ApplyAsync(ahead.Path, key, kept.Position, ahead.Position, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            ahead.Remove();
            throw;
        }

        _ahead.Put(ahead);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ahead.Dispose();
        _folder.Dispose();
    }

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

    private async Task<bool> TryUseAheadAsync(string path, Ownership ownership, JournalBase start, JournalHead head, CancellationToken cancellationToken)
    {
        if (_ahead.Take(ownership.Key) is not { } ahead)
            return false;
        try
        {
            if (!ahead.Fits(ownership, start, head))
                return false;
            File.Move(ahead.Path, path);
            await ApplyAsync(path, ownership.Key, ahead.Position, head.Position, cancellationToken).ConfigureAwait(false);
            Log.UsedAhead(services.Logger, ownership.Key, head.Position - ahead.Position);
            return true;
        }
        catch (JournalDamagedException)
        {
            // Only the base and all of the journal can tell that.
            File.Delete(path);
            return false;
        }
        finally
        {
            ahead.Remove();
        }
    }

    private async Task RestoreAsync(string path, string key, JournalBase start, long to, CancellationToken cancellationToken)
    {
        try
        {
            using CachedFile copy = await cache.GetAsync(start.File, cancellationToken).ConfigureAwait(false);
            File.Copy(copy.Path, path);
        }
        catch (FileStoreException exception)
        {
            throw new JournalUnavailableException(exception.Message, exception);
        }

        await ApplyAsync(path, key, start.Position, to, cancellationToken).ConfigureAwait(false);
    }

    // Not flushed to the disk: after a crash of the machine the folder is emptied.
    private async Task ApplyAsync(string path, string key, long from, long to, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        for (var position = from; position < to;)
        {
            var after = position;
            List<PageChunk> chunks = await services.Database.RunAsync((connection, limit) => ReadAsync(connection, key, after, to, limit), cancellationToken).ConfigureAwait(false);
            if (chunks.Count == 0)
                throw new JournalDamagedException($"The journal of {key} ends at {position} instead of {to}.");
            foreach (PageChunk chunk in chunks)
                PageChunkApplier.Apply(file, chunk);
            position += chunks.Count;
        }
    }

    private static async Task<List<PageChunk>> ReadAsync(NpgsqlConnection connection, string key, long after, long to, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(ChunksSql, key, after, to, ChunksAtOnce);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<PageChunk> chunks = [];
        for (var bytes = 0; bytes < BytesAtOnce && await reader.ReadAsync(cancellationToken).ConfigureAwait(false); bytes += chunks[^1].Content.Length)
        {
            if (reader.GetInt64(0) != ++after)
                throw new JournalDamagedException($"The journal of {key} has no part {after}.");
            chunks.Add(new PageChunk(reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)));
        }

        return chunks;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2251, Level = LogLevel.Information, Message = "The file of {Key} was made before its owner came here; {Parts} parts of the journal were missing.")]
        public static partial void UsedAhead(ILogger logger, string key, long parts);
    }
}
