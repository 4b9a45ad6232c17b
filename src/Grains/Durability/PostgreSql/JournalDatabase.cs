using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>The database: connections, tables, and one way to try again for as long as the settings say.</summary>
public sealed class JournalDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly DurabilityOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _schema = new(1);
    private volatile bool _hasSchema;

    /// <summary>Connects to nothing yet.</summary>
    public JournalDatabase(IOptions<DurabilityOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        var builder = new NpgsqlDataSourceBuilder(_options.ConnectionString);
        NpgsqlConnectionStringBuilder connection = builder.ConnectionStringBuilder;
        var seconds = (int)Math.Ceiling(_options.Patience.TotalSeconds);
        connection.ApplicationName ??= "itwin-orleans";
        connection.Timeout = seconds;
        connection.CommandTimeout = seconds;
        connection.CancellationTimeout = 500;
        connection.MaxAutoPrepare = 20;
        connection.AutoPrepareMinUsages = 2;
        connection.NoResetOnClose = true;

        // A commit is told of when the database has it on its disk, whatever the server's default is.
        connection.Options = "-c synchronous_commit=on";
        _source = builder.Build();
    }

    /// <summary>Does something in the database, once it has its tables. Work that may have been done when its connection broke is done again: it must
    /// recognise that.</summary>
    /// <exception cref="JournalUnavailableException">It could not be done within <see cref="DurabilityOptions.Patience"/>.</exception>
    internal async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            try
            {
                await EnsureSchemaAsync(either.Token).ConfigureAwait(false);
                await using NpgsqlConnection connection = await _source.OpenConnectionAsync(either.Token).ConfigureAwait(false);
                return await work(connection, either.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsUnavailable(exception) && !cancellationToken.IsCancellationRequested)
            {
                if (!await WaitAsync(either.Token).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    throw new JournalUnavailableException("The journal's database cannot be reached.", exception);
                }
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        _schema.Dispose();
    }

    private async Task EnsureSchemaAsync(CancellationToken cancellationToken)
    {
        if (_hasSchema)
            return;
        await _schema.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_hasSchema)
                await JournalSchema.EnsureAsync(_source, cancellationToken).ConfigureAwait(false);
            _hasSchema = true;
        }
        finally
        {
            _schema.Release();
        }
    }

    // False when the time is up.
    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_options.RetryDelay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    // Besides what Npgsql calls transient: a server that is (still) a read-only standby, has a full disk or ends; a time-out of ours.
    private static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DiskFull } => true,
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException and not PostgresException => exception.InnerException is SocketException or IOException or TimeoutException,
        OperationCanceledException or TimeoutException or SocketException or IOException => true,
        _ => false,
    };
}
