using ITwinOrleans.Grains.Durability.Wal;
using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>Writes a batch: all of it under the owner's epoch, or nothing. One statement, and so one round trip and one flush, unless it is large.</summary>
/// <remarks>
/// The statement begins with an update of the iModel's row that names epoch and position. A successor's taking changes the same row: whoever comes second waits
/// for the row's lock, looks at the row anew and, as a stale owner, finds nothing to update; the inserts take their rows from the updated one, so they insert
/// nothing.
/// </remarks>
internal static class JournalAppend
{
    private const string GuardSql = """
        update itwin.imodel set position = $4, sequence = greatest(sequence, $5), renewed = clock_timestamp(), journal_bytes = journal_bytes + $6
        where key = $1 and epoch = $2 and position = $3 and not released
        """;

    private const string RecordsSql = """
        insert into itwin.commit (key, sequence, epoch, recorded, record)
        select guard.key, r.sequence, $2, clock_timestamp(), r.record from guard, unnest($7::bigint[], $8::bytea[]) as r (sequence, record)
        on conflict do nothing
        """;

    private const string ChunkSql = "insert into itwin.chunk (key, position, epoch, content, hash) ";

    private const string SmallSql = $"""
        with guard as ({GuardSql} returning key),
        records as ({RecordsSql}),
        chunk as ({ChunkSql} select guard.key, $4, $2, $9, $10 from guard where $9 is not null)
        select count(*) from guard
        """;

    private const string LargeSql = $"with guard as ({GuardSql} returning key), records as ({RecordsSql}) select count(*) from guard";

    /// <summary>Writes the batch; a repetition of one that was written is recognised.</summary>
    /// <returns>The bytes of its chunks.</returns>
    /// <exception cref="StaleEpochException">The epoch is not the iModel's any more; nothing was written.</exception>
    public static async Task<long> RunAsync(NpgsqlConnection connection, Ownership ownership, WalReader log, JournalBatch batch, CancellationToken cancellationToken)
    {
        var (written, bytes) = batch.Chunks <= 1
            ? await SmallAsync(connection, ownership, log, batch, cancellationToken).ConfigureAwait(false)
            : await LargeAsync(connection, ownership, log, batch, cancellationToken).ConfigureAwait(false);
        if (written)
            return bytes;

        // Perhaps it is there already, and only the answer was lost: under this epoch nobody else can have moved the position.
        JournalHead head = await JournalHead.ReadAsync(connection, ownership, cancellationToken).ConfigureAwait(false);
        return head.Position == batch.To
            ? 0
            : throw new JournalDamagedException($"The journal of {ownership.Key} is at {head.Position}, its owner at {batch.From}.");
    }

    private static async Task<(bool Written, long Bytes)> SmallAsync(
        NpgsqlConnection connection, Ownership ownership, WalReader log, JournalBatch batch, CancellationToken cancellationToken)
    {
        PageChunk? chunk = batch.Changes is null ? null : PageChunkWriter.Write(log, batch.Changes).Single();
        long bytes = chunk?.Content.Length ?? 0;
        await using NpgsqlCommand command = Guarded(connection, SmallSql, ownership, batch, bytes);
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>?> { TypedValue = chunk?.Content, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<byte[]?> { TypedValue = chunk?.Hash, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        return (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is 1L, bytes);
    }

    private static async Task<(bool Written, long Bytes)> LargeAsync(
        NpgsqlConnection connection, Ownership ownership, WalReader log, JournalBatch batch, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (NpgsqlCommand guard = Guarded(connection, LargeSql, ownership, batch, 0))
        {
            if (await guard.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not 1L)
                return (false, 0);
        }

        var (position, bytes) = (batch.From, 0L);
        foreach (PageChunk chunk in PageChunkWriter.Write(log, batch.Changes!))
        {
            await using NpgsqlCommand insert = connection.Command(
                ChunkSql + "values ($1, $2, $3, $4, $5)", ownership.Key, ++position, ownership.Epoch, chunk.Content, chunk.Hash);
            await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            bytes += chunk.Content.Length;
        }

        await using NpgsqlCommand count = connection.Command("update itwin.imodel set journal_bytes = journal_bytes + $2 where key = $1", ownership.Key, bytes);
        await count.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return (true, bytes);
    }

    private static NpgsqlCommand Guarded(NpgsqlConnection connection, string sql, Ownership ownership, JournalBatch batch, long bytes) => connection.Command(
        sql, ownership.Key, ownership.Epoch, batch.From, batch.To, batch.Records.Count == 0 ? 0L : batch.Records[^1].Sequence, bytes,
        batch.Records.Select(r => r.Sequence).ToArray(), batch.Records.Select(r => r.Json.ToArray()).ToArray());
}
