using Microsoft.Extensions.Options;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>Refuses settings that cannot work, naming each.</summary>
public sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    // sockaddr_un.sun_path has 108 bytes; the private folder and the name in it take some.
    private const int MaxSocketDirectoryBytes = 108 - 1 - PrivateSocket.NameBytes;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                faults.AddError(rule, setting);
        }

        Require(Enum.IsDefined(options.Mode), nameof(options.Mode), "is not a mode.");
        Require(options.Program.Length > 0, nameof(options.Program), "is empty.");
        Require(System.Text.Encoding.UTF8.GetByteCount(options.SocketDirectory) <= MaxSocketDirectoryBytes,
            nameof(options.SocketDirectory), $"is longer than {MaxSocketDirectoryBytes} bytes.");
        Require(options.SharedWorkers > 0, nameof(options.SharedWorkers), "must be at least 1.");
        Require(options.MaxDedicatedWorkers >= 0, nameof(options.MaxDedicatedWorkers), "must not be negative.");
        Require(options.MaxMessageBytes is >= 1024 * 1024 and <= 1024 * 1024 * 1024, nameof(options.MaxMessageBytes), "must be between 1 MiB and 1 GiB.");
        Require(options.MaxInFlight > 0, nameof(options.MaxInFlight), "must be at least 1.");
        Require(options.MaxWaiting >= 0, nameof(options.MaxWaiting), "must not be negative.");
        Require(options.MaxRequestBytes > 0, nameof(options.MaxRequestBytes), "must be positive.");
        Require(options.MaxUnreadBytes > 0, nameof(options.MaxUnreadBytes), "must be positive.");
        Require(options.MaxUnreadEvents > 0, nameof(options.MaxUnreadEvents), "must be at least 1.");
        Require(options.MaxEventBytes > 0 && options.MaxEventBytes <= options.MaxMessageBytes, nameof(options.MaxEventBytes), "must be positive and no more than a message.");
        Require(options.HealthInterval >= TimeSpan.FromMilliseconds(10), nameof(options.HealthInterval), "must be at least 10 ms.");
        Require(options.StoppedLimit >= options.HealthInterval, nameof(options.StoppedLimit), "must be at least the health interval.");
        Require(options.HangLimit >= options.StoppedLimit, nameof(options.HangLimit), "must be at least the limit for stopped processes.");
        Require(options.EngineHangLimit >= options.HealthInterval, nameof(options.EngineHangLimit), "must be at least the health interval.");
        Require(options.MemoryCeilingBytes > 0, nameof(options.MemoryCeilingBytes), "must be positive.");
        Require(options.ReadyTimeout > TimeSpan.Zero, nameof(options.ReadyTimeout), "must be positive.");
        Require(options.RestartDelay >= TimeSpan.Zero, nameof(options.RestartDelay), "must not be negative.");
        Require(options.MaxRestartDelay >= options.RestartDelay, nameof(options.MaxRestartDelay), "must be at least the restart delay.");
        Require(options.StableAfter >= TimeSpan.Zero, nameof(options.StableAfter), "must not be negative.");
        Require(options.DrainTimeout > TimeSpan.Zero, nameof(options.DrainTimeout), "must be positive.");
        Require(options.LoggedOutputLines >= 0, nameof(options.LoggedOutputLines), "must not be negative.");
        return faults.Build();
    }
}
