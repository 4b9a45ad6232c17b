using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ITwinOrleans.Grains.Clustering.PostgreSql;

/// <summary>Makes the tables and stored queries of Orleans' membership where they are missing, before anything of Orleans starts.</summary>
/// <remarks>However many processes start at once, one does it and the others wait: it runs in one transaction under an advisory lock.</remarks>
internal sealed partial class MembershipSchema(ClusterSettings settings, TimeProvider time, ILogger<MembershipSchema> logger) : IHostedLifecycleService
{
    // "ITWIN" and a number of its own: advisory locks share one space per database.
    private const long Lock = 0x495457494E_0001;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    /// <exception cref="ClusterStartException">The database cannot be reached within <see cref="ClusterSettings.StartPatience"/>, or refuses.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await EnsureAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NpgsqlException exception) when (IsTransient(exception) && time.GetElapsedTime(started) < settings.StartPatience)
            {
                Log.Waiting(logger, exception.Message);
                await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException exception)
            {
                throw new ClusterStartException($"The cluster's database (Cluster:ConnectionString) cannot be used: {exception.Message}", exception);
            }
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Lock})", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        command.CommandText = Script();
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Script()
    {
        using var stream = typeof(MembershipSchema).Assembly.GetManifestResourceStream(typeof(MembershipSchema), "membership.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // A server that is starting or not there yet; 57P03 is "the database system is starting up".
    private static bool IsTransient(NpgsqlException exception) => exception.IsTransient || exception is not PostgresException || exception.SqlState == PostgresErrorCodes.CannotConnectNow;

    private static partial class Log
    {
        [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "Waiting for the cluster's database: {Reason}")]
        public static partial void Waiting(ILogger logger, string reason);
    }
}
