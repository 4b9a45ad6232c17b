using System.Globalization;
using ITwinOrleans.Grains.Files;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>Published files: the store has the content, a row written under the owner's epoch says that it counts.</summary>
internal sealed partial class PostgreSqlPublishedFiles(JournalServices services) : IPublishedFiles
{
    private const string PublishSql = """
        with guard as (update itwin.imodel set renewed = clock_timestamp() where key = $1 and epoch = $2 and not released returning key),
        old as (select file_name from itwin.file where key = $1 and name = $3 and file_name <> $4),
        file as (
            insert into itwin.file (key, name, epoch, file_name, size, hash, published) select key, $3, $2, $4, $5, $6, clock_timestamp() from guard
            on conflict (key, name) do update set epoch = excluded.epoch, file_name = excluded.file_name, size = excluded.size, hash = excluded.hash,
                published = excluded.published)
        select (select count(*) from guard), (select file_name from old)
        """;

    private const string ListSql = "select name, file_name, size, hash from itwin.file where key = $1";

    /// <inheritdoc/>
    public async Task<StoredFile> PublishAsync(Ownership ownership, string name, string path, CancellationToken cancellationToken)
    {
        StoredName.Check(name);
        var storedName = string.Create(CultureInfo.InvariantCulture, $"files/{StoredName.FolderOf(ownership.Key)}/{ownership.Epoch}-{Guid.NewGuid():N}");
        StoredFile stored;
        try
        {
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            stored = await services.Files.PutAsync(storedName, content, cancellationToken).ConfigureAwait(false);
        }
        catch (FileStoreException exception)
        {
            throw new JournalUnavailableException(exception.Message, exception);
        }

        try
        {
            var old = await services.Database.RunAsync((connection, limit) => PublishAsync(connection, ownership, name, stored, limit), cancellationToken).ConfigureAwait(false);
            if (old is not null)
                await RemoveAsync(old, cancellationToken).ConfigureAwait(false);
            return stored;
        }
        catch (StaleEpochException)
        {
            await RemoveAsync(storedName, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, StoredFile>> ListAsync(string key, CancellationToken cancellationToken) => services.Database.RunAsync(
        async (connection, limit) =>
        {
            await using NpgsqlCommand command = connection.Command(ListSql, key);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(limit).ConfigureAwait(false);
            Dictionary<string, StoredFile> files = new(StringComparer.Ordinal);
            while (await reader.ReadAsync(limit).ConfigureAwait(false))
                files[reader.GetString(0)] = new StoredFile(reader.GetString(1), reader.GetInt64(2), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(3)));
            return (IReadOnlyDictionary<string, StoredFile>)files;
        },
        cancellationToken);

    private static async Task<string?> PublishAsync(NpgsqlConnection connection, Ownership ownership, string name, StoredFile stored, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(
            PublishSql, ownership.Key, ownership.Epoch, name, stored.Name, stored.Size, Convert.FromHexString(stored.Hash));
        var (published, old) = await command.ReadOneAsync(
            row => (row.GetInt64(0) == 1, row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken).ConfigureAwait(false);
        if (!published)
            throw await JournalHead.StaleAsync(connection, ownership, cancellationToken).ConfigureAwait(false);
        return old;
    }

    private async Task RemoveAsync(string storedName, CancellationToken cancellationToken)
    {
        try
        {
            await services.Files.DeleteAsync(storedName, cancellationToken).ConfigureAwait(false);
        }
        catch (FileStoreException exception)
        {
            Log.NotRemoved(services.Logger, storedName, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2331, Level = LogLevel.Warning, Message = "{Name} is not needed any more and could not be removed from the store.")]
        public static partial void NotRemoved(ILogger logger, string name, Exception exception);
    }
}
