using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>Makes and upgrades the tables. Any number of silos may do so at once; the first one does it.</summary>
internal static class JournalSchema
{
    // Any number that nobody else locks in this database.
    private const long LockNumber = 0x6974_7769_6E;
    private const int NewestVersion = 1;

    public static async Task EnsureAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, $"select pg_advisory_xact_lock({LockNumber})", cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, "create schema if not exists itwin", cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, "create table if not exists itwin.version (version integer not null)", cancellationToken).ConfigureAwait(false);
        var version = await RunAsync(connection, "select max(version) from itwin.version", cancellationToken).ConfigureAwait(false) as int? ?? 0;
        if (version > NewestVersion)
            throw new InvalidOperationException($"The database has tables of version {version}; this program knows {NewestVersion}. Run a newer one.");
        for (; version < NewestVersion; version++)
        {
            await RunAsync(connection, await ScriptAsync(version + 1, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, $"insert into itwin.version values ({version + 1})", cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> ScriptAsync(int version, CancellationToken cancellationToken)
    {
        var name = $"{typeof(JournalSchema).Namespace}.Schema{version}.sql";
        using var reader = new StreamReader(typeof(JournalSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the program."));
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
