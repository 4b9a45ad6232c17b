using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>Refuses settings of large replies that cannot work, naming each.</summary>
internal sealed class PayloadOptionsValidator : IValidateOptions<PayloadOptions>
{
    /// <summary>Well below Orleans' own limit of 100 MB a message.</summary>
    private const int MaxMessage = 64 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, PayloadOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                faults.AddError(rule, $"{PayloadOptions.Section}:{setting}");
        }

        Require(options.MaxMessageBytes is >= 1024 and <= MaxMessage, nameof(options.MaxMessageBytes), "must be between 1 KiB and 64 MiB.");
        Require(options.PieceBytes >= 1024 && options.PieceBytes <= options.MaxMessageBytes, nameof(options.PieceBytes), "must be between 1 KiB and MaxMessageBytes.");
        Require(options.MaxReplyBytes >= options.MaxMessageBytes, nameof(options.MaxReplyBytes), "must be at least MaxMessageBytes.");
        Require(options.MaxKeptBytes >= options.MaxReplyBytes, nameof(options.MaxKeptBytes), "must be at least MaxReplyBytes.");
        Require(options.MaxFetchedBytes >= options.MaxReplyBytes, nameof(options.MaxFetchedBytes), "must be at least MaxReplyBytes.");
        Require(options.KeepTime >= TimeSpan.FromSeconds(1) && options.KeepTime <= TimeSpan.FromMinutes(10), nameof(options.KeepTime), "must be between a second and 10 minutes.");
        return faults.Build();
    }
}
