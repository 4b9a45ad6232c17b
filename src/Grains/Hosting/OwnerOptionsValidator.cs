using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Refuses settings of the owners that cannot work, naming each.</summary>
internal sealed class OwnerOptionsValidator : IValidateOptions<OwnerOptions>
{
    public ValidateOptionsResult Validate(string? name, OwnerOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                faults.AddError(rule, setting);
        }

        Require(options.MaxOpenIModels > 0, nameof(options.MaxOpenIModels), "must be at least 1.");
        Require(options.MaxConcurrentCalls > 0, nameof(options.MaxConcurrentCalls), "must be at least 1.");
        Require(options.MaxQueuedCalls >= 0, nameof(options.MaxQueuedCalls), "must not be negative.");
        Require(options.ReplicaCalls >= 0, nameof(options.ReplicaCalls), "must not be negative; 0 means that one silo serves each iModel.");
        Require(options.MaxRetries is >= 0 and <= 10, nameof(options.MaxRetries), "must be between 0 and 10.");
        Require(options.MaxSessions > 0, nameof(options.MaxSessions), "must be at least 1.");
        foreach (var (setting, time) in new[]
        {
            (nameof(options.IdleTime), options.IdleTime), (nameof(options.CallTimeout), options.CallTimeout),
            (nameof(options.OpenTimeout), options.OpenTimeout), (nameof(options.DrainTime), options.DrainTime),
            (nameof(options.SessionTime), options.SessionTime), (nameof(options.OpenPatience), options.OpenPatience),
            (nameof(options.RetryAfter), options.RetryAfter),
        })
            Require(time > TimeSpan.Zero && time <= TimeSpan.FromDays(1), setting, "must be more than 0 and at most a day.");
        return faults.Build();
    }
}
