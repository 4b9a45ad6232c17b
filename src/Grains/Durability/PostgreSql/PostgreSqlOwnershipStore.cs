using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>Ownership in PostgreSQL: a row for each iModel, whose epoch is changed by compare-and-set in one statement.</summary>
/// <remarks>
/// A statement that waits for the row's lock looks at the row anew when it gets it (read committed), so of two that expect the same epoch one changes the row
/// and the other finds another epoch.
/// </remarks>
public sealed class PostgreSqlOwnershipStore(JournalDatabase database) : IOwnershipStore
{
    private const string FindSql = """
        select epoch, owner_name, owner_address, owner_process, taken, renewed, released, token from itwin.imodel where key = $1
        """;

    private const string TakeSql = """
        insert into itwin.imodel as i (key, epoch, token, owner_name, owner_address, owner_process, taken, renewed)
        select $1, greatest($2, $3) + 1, $4, $5, $6, $7, clock_timestamp(), clock_timestamp()
        where $2 = 0 or exists (select from itwin.imodel where key = $1)
        on conflict (key) do update
        set epoch = excluded.epoch, token = excluded.token, owner_name = excluded.owner_name, owner_address = excluded.owner_address,
            owner_process = excluded.owner_process, taken = excluded.taken, renewed = excluded.renewed, released = false
        where i.epoch = $2
        returning epoch
        """;

    private const string RenewSql = "update itwin.imodel set renewed = clock_timestamp() where key = $1 and epoch = $2 and not released";

    private const string ReleaseSql = "update itwin.imodel set released = true, renewed = clock_timestamp() where key = $1 and epoch = $2 and not released";

    /// <inheritdoc/>
    public Task<OwnershipState?> FindAsync(string key, string path, CancellationToken cancellationToken) =>
        database.RunAsync(async (connection, limit) => (await FindAsync(connection, key, limit).ConfigureAwait(false)).State, cancellationToken);

    /// <inheritdoc/>
    public Task<Ownership> TakeAsync(OwnershipRequest request, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        return database.RunAsync(
            async (connection, limit) =>
            {
                OwnerIdentity owner = request.Owner;
                await using NpgsqlCommand take = connection.Command(
                    TakeSql, request.Key, request.ExpectedEpoch, request.AtLeast, token, owner.Name, owner.Address, owner.ProcessId);
                if (await take.ExecuteScalarAsync(limit).ConfigureAwait(false) is long epoch)
                    return new Ownership(request.Key, request.Path, epoch, owner);

                // Perhaps it was this taking, whose answer was lost.
                var (holder, takenBy) = await FindAsync(connection, request.Key, limit).ConfigureAwait(false);
                return holder is not null && takenBy == token ? new Ownership(request.Key, request.Path, holder.Epoch, owner) : throw Taken(request, holder);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RenewAsync(Ownership ownership, CancellationToken cancellationToken) => UpdateAsync(RenewSql, ownership, alsoReleased: false, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(Ownership ownership, CancellationToken cancellationToken) => UpdateAsync(ReleaseSql, ownership, alsoReleased: true, cancellationToken);

    private Task UpdateAsync(string sql, Ownership ownership, bool alsoReleased, CancellationToken cancellationToken) => database.RunAsync(
        async (connection, limit) =>
        {
            await using NpgsqlCommand update = connection.Command(sql, ownership.Key, ownership.Epoch);
            if (await update.ExecuteNonQueryAsync(limit).ConfigureAwait(false) == 1)
                return true;
            var (holder, _) = await FindAsync(connection, ownership.Key, limit).ConfigureAwait(false);
            return alsoReleased && holder is { Released: true } && holder.Epoch == ownership.Epoch
                ? true
                : throw new StaleEpochException(ownership.Key, ownership.Epoch, holder?.Epoch ?? 0);
        },
        cancellationToken);

    private static async Task<(OwnershipState? State, Guid Token)> FindAsync(NpgsqlConnection connection, string key, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand find = connection.Command(FindSql, key);
        return await find.ReadOneAsync(
            row => ((OwnershipState?)new OwnershipState(
                key, row.GetInt64(0), new OwnerIdentity(row.GetString(1), row.GetString(2), row.GetInt32(3)),
                row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetBoolean(6)), row.GetGuid(7)),
            cancellationToken).ConfigureAwait(false);
    }

    private static OwnershipTakenException Taken(OwnershipRequest request, OwnershipState? holder) => holder is null
        ? new OwnershipTakenException($"The database does not know {request.Key}, which had epoch {request.ExpectedEpoch}.")
        : new OwnershipTakenException($"{request.Key} was taken by {holder.Owner.Name} since: its epoch is {holder.Epoch}, not {request.ExpectedEpoch}.", holder);
}
