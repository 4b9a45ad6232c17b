namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>The journals that are in PostgreSQL.</summary>
internal sealed class PostgreSqlJournals(JournalServices services) : ICommitJournals
{
    /// <inheritdoc/>
    public async Task<ICommitJournal> OpenAsync(Ownership ownership, string path, CancellationToken cancellationToken)
    {
        JournalHead head = await services.Database.RunAsync(
            (connection, limit) => JournalHead.ReadAsync(connection, ownership, limit), cancellationToken).ConfigureAwait(false);
        return new PostgreSqlJournal(services, ownership, path, head);
    }
}
