using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>The records of commits that are in the journal, for whoever has not the file: an Api whose iModel is moving, an operator.</summary>
public sealed class PostgreSqlFeed(JournalDatabase database)
{
    private const string Sql = "select sequence, record from itwin.commit where key = $1 and sequence > $2 order by sequence limit $3";

    /// <summary>Reads records in the order of their sequence.</summary>
    /// <param name="key">The iModel's file key.</param>
    /// <param name="after">The last sequence that is known; the first one of the answer may be later than the next one, when records were not kept so long.</param>
    /// <param name="count">The most records to read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalUnavailableException">The database cannot be reached.</exception>
    public Task<IReadOnlyList<CommitRecord>> ReadAsync(string key, long after, int count, CancellationToken cancellationToken) => database.RunAsync(
        async (connection, limit) =>
        {
            await using NpgsqlCommand command = connection.Command(Sql, key, after, count);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(limit).ConfigureAwait(false);
            List<CommitRecord> records = [];
            while (await reader.ReadAsync(limit).ConfigureAwait(false))
                records.Add(new CommitRecord(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
            return (IReadOnlyList<CommitRecord>)records;
        },
        cancellationToken);
}
