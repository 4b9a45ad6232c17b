using ITwinOrleans.Grains.Live;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Refuses settings of live iModels that cannot work, naming each.</summary>
internal sealed class LiveOptionsValidator : IValidateOptions<LiveOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        foreach (var (setting, number) in new[]
        {
            (nameof(options.MaxQueuedWrites), (long)options.MaxQueuedWrites), (nameof(options.MaxQueuedWriteBytes), options.MaxQueuedWriteBytes),
            (nameof(options.MaxTransactionBytes), options.MaxTransactionBytes), (nameof(options.WritesInFlight), options.WritesInFlight),
            (nameof(options.WindowCommits), options.WindowCommits), (nameof(options.WindowBytes), options.WindowBytes),
            (nameof(options.MaxReadCommits), options.MaxReadCommits), (nameof(options.MaxReadBytes), options.MaxReadBytes),
            (nameof(options.MaxSessions), options.MaxSessions), (nameof(options.MaxLocksPerSession), options.MaxLocksPerSession),
            (nameof(options.MaxPresenceBytes), options.MaxPresenceBytes),
        })
        {
            if (number <= 0)
                faults.AddError("must be positive.", setting);
        }

        if (options.MaxWriteRetries is < 0 or > 10)
            faults.AddError("must be between 0 and 10.", nameof(options.MaxWriteRetries));
        if (options.MaxReadCommits > 4000)
            faults.AddError("must be at most 4000.", nameof(options.MaxReadCommits));
        foreach (var (setting, time) in new[]
        {
            (nameof(options.MaxReadWait), options.MaxReadWait), (nameof(options.SessionTime), options.SessionTime),
            (nameof(options.PresenceInterval), options.PresenceInterval), (nameof(options.RenewInterval), options.RenewInterval),
            (nameof(options.WriteRetryInterval), options.WriteRetryInterval), (nameof(options.JournalRetryInterval), options.JournalRetryInterval),
            (nameof(options.CompactionRetryInterval), options.CompactionRetryInterval),
        })
        {
            if (time <= TimeSpan.Zero || time > TimeSpan.FromHours(1))
                faults.AddError("must be more than 0 and at most an hour.", setting);
        }

        if (options.SessionTime < options.MaxReadWait * 2)
            faults.AddError($"must be at least twice {nameof(options.MaxReadWait)}, or Apis would count as gone while they wait.", nameof(options.SessionTime));
        return faults.Build();
    }
}
