using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>How far an iModel's journal is.</summary>
/// <param name="Epoch">The newest epoch.</param>
/// <param name="Released">Whether its owner gave it back.</param>
/// <param name="Position">The newest chunk.</param>
/// <param name="Sequence">The newest record.</param>
/// <param name="Bytes">The bytes of chunks that are not in the base.</param>
internal sealed record JournalHead(long Epoch, bool Released, long Position, long Sequence, long Bytes)
{
    private const string Sql = "select epoch, released, position, sequence, journal_bytes from itwin.imodel where key = $1";

    /// <summary>Reads the head for its owner.</summary>
    /// <exception cref="StaleEpochException">It has another owner.</exception>
    public static async Task<JournalHead> ReadAsync(NpgsqlConnection connection, Ownership ownership, CancellationToken cancellationToken)
    {
        JournalHead? head = await FindAsync(connection, ownership.Key, cancellationToken).ConfigureAwait(false);
        return head is { Released: false } && head.Epoch == ownership.Epoch
            ? head
            : throw new StaleEpochException(ownership.Key, ownership.Epoch, head?.Epoch ?? 0);
    }

    /// <summary>The error for an owner whose write changed nothing.</summary>
    public static async Task<StaleEpochException> StaleAsync(NpgsqlConnection connection, Ownership ownership, CancellationToken cancellationToken) =>
        new(ownership.Key, ownership.Epoch, (await FindAsync(connection, ownership.Key, cancellationToken).ConfigureAwait(false))?.Epoch ?? 0);

    /// <summary>Reads the head, or null of an iModel that was never opened for writing.</summary>
    public static async Task<JournalHead?> FindAsync(NpgsqlConnection connection, string key, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(Sql, key);
        return await command.ReadOneAsync(
            row => new JournalHead(row.GetInt64(0), row.GetBoolean(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)), cancellationToken).ConfigureAwait(false);
    }
}
