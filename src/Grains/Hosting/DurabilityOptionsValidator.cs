using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Worker.Supervision;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Refuses settings of durability that cannot work, naming each.</summary>
internal sealed class DurabilityOptionsValidator(IOptions<WorkerOptions> workers) : IValidateOptions<DurabilityOptions>
{
    public ValidateOptionsResult Validate(string? name, DurabilityOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                faults.AddError(rule, setting);
        }

        Require(Enum.IsDefined(options.Mode), nameof(options.Mode), "must be Local or PostgreSql.");
        if (options.Mode == DurabilityMode.PostgreSql)
        {
            Require(options.ConnectionString.Length > 0, nameof(options.ConnectionString), "is not set: say how PostgreSQL is reached, for example \"Host=db;Username=itwin;Password=...;Database=itwin\".");
            Require(IsConnectionString(options.ConnectionString), nameof(options.ConnectionString), "cannot be read as a connection string of PostgreSQL (Npgsql).");
            Require(options.LiveFolder.Length > 0, nameof(options.LiveFolder), "is not set: name a folder of this silo's own for the files of live iModels.");

            // The journal reads the worker's files; the process that closes one of them frees SQLite's locks of it (sqlite.org/howtocorrupt.html, 2.2).
            Require(workers.Value.Mode == WorkerMode.Process, nameof(options.Mode), "cannot be PostgreSql while Workers:Mode is InProcess: live iModels need workers of their own processes.");
        }

        Require(options.Patience >= TimeSpan.FromMilliseconds(100) && options.Patience <= TimeSpan.FromMinutes(1), nameof(options.Patience), "must be between 0.1 s and a minute.");
        Require(options.RetryDelay > TimeSpan.Zero && options.RetryDelay <= options.Patience, nameof(options.RetryDelay), "must be positive and not longer than Patience.");
        Require(options.CompactionBytes > 0, nameof(options.CompactionBytes), "must be positive.");
        Require(options.CompactionFileShare > 0, nameof(options.CompactionFileShare), "must be positive.");
        Require(options.CompactionLogBytes > 0, nameof(options.CompactionLogBytes), "must be positive.");
        Require(options.RetainedCommits >= 0, nameof(options.RetainedCommits), "must not be negative.");
        Require(options.RetainedTime >= TimeSpan.Zero, nameof(options.RetainedTime), "must not be negative.");
        return faults.Build();
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(text);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
