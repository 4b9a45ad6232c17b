using ITwinOrleans.Backend.Live;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Backend;

/// <summary>Refuses settings that the backend cannot work with, when the process starts.</summary>
public sealed class BackendOptionsValidator : IValidateOptions<BackendOptions>
{
    private const int LeastQueryMemory = 4096;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, BackendOptions options)
    {
        var failures = new List<string>();
        Require(options.EngineSlice > TimeSpan.Zero, nameof(options.EngineSlice), "greater than zero");
        Require(options.MaxQueryTime >= TimeSpan.FromSeconds(1), nameof(options.MaxQueryTime), "at least a second");
        Require(options.MaxQueryMemory >= LeastQueryMemory, nameof(options.MaxQueryMemory), $"at least {LeastQueryMemory} bytes");
        Require(options.SqliteMemory >= 0, nameof(options.SqliteMemory), "0 or a number of bytes");
        Require(options.MaxQueryRows > 0, nameof(options.MaxQueryRows), "greater than zero");
        Require(options.MaxQueryLength > 0, nameof(options.MaxQueryLength), "greater than zero");
        Require(options.MaxIds > 0, nameof(options.MaxIds), "greater than zero");
        Require(options.PendingAfter > TimeSpan.Zero, nameof(options.PendingAfter), "greater than zero");
        Require(options.KeepPendingResults > TimeSpan.Zero, nameof(options.KeepPendingResults), "greater than zero");
        LiveOptionsValidator.Validate(options.Live, (holds, setting, rule) => Require(holds, $"{nameof(options.Live)}:{setting}", rule));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                failures.Add($"{setting} must be {rule}.");
        }
    }
}
