using ITwinOrleans.Grains.Files;
using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>The file that an iModel's journal begins with.</summary>
/// <param name="File">The file in the store.</param>
/// <param name="Position">The last chunk that is in it.</param>
internal sealed record JournalBase(StoredFile File, long Position)
{
    private const string ReadSql = "select file_name, size, hash, position from itwin.base where key = $1";

    // The guard comes first, as in every durable write; a repetition changes nothing more.
    private const string PublishSql = """
        with guard as (
            update itwin.imodel set renewed = clock_timestamp(),
                journal_bytes = (select coalesce(sum(octet_length(content)), 0) from itwin.chunk where key = $1 and position > $3)
            where key = $1 and epoch = $2 and not released returning key, sequence),
        base as (
            insert into itwin.base (key, position, epoch, file_name, size, hash, published) select key, $3, $2, $4, $5, $6, clock_timestamp() from guard
            on conflict (key) do update set position = excluded.position, epoch = excluded.epoch, file_name = excluded.file_name, size = excluded.size,
                hash = excluded.hash, published = excluded.published),
        chunks as (delete from itwin.chunk c using guard where c.key = guard.key and c.position <= $3),
        commits as (
            delete from itwin.commit c using guard
            where c.key = guard.key and c.sequence <= guard.sequence - $7 and c.recorded < clock_timestamp() - $8)
        select count(*) from guard
        """;

    /// <summary>Reads the base, or null if the iModel was never opened for writing.</summary>
    public static async Task<JournalBase?> ReadAsync(NpgsqlConnection connection, string key, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(ReadSql, key);
        return await command.ReadOneAsync(
            row => new JournalBase(
                new StoredFile(row.GetString(0), row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2))), row.GetInt64(3)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes this the base and removes the chunks that are in it, and records that need not be kept.</summary>
    /// <exception cref="StaleEpochException">The epoch is not the iModel's any more; nothing changed.</exception>
    public async Task<bool> PublishAsync(NpgsqlConnection connection, Ownership ownership, DurabilityOptions options, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(
            PublishSql, ownership.Key, ownership.Epoch, Position, File.Name, File.Size, Convert.FromHexString(File.Hash), (long)options.RetainedCommits, options.RetainedTime);
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is 1L)
            return true;
        throw await JournalHead.StaleAsync(connection, ownership, cancellationToken).ConfigureAwait(false);
    }
}
