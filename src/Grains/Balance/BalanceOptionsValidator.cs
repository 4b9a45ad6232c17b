using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Balance;

/// <summary>Refuses settings of the balance that cannot work, naming each.</summary>
internal sealed class BalanceOptionsValidator : IValidateOptions<BalanceOptions>
{
    public ValidateOptionsResult Validate(string? name, BalanceOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                faults.AddError(rule, $"{BalanceOptions.Section}:{setting}");
        }

        foreach (var (setting, time) in new[] { (nameof(options.LoadInterval), options.LoadInterval), (nameof(options.Interval), options.Interval) })
            Require(time >= TimeSpan.FromMilliseconds(50) && time <= TimeSpan.FromHours(1), setting, "must be between 0.05 s and an hour.");
        Require(options.LoadAge > options.LoadInterval && options.LoadAge <= TimeSpan.FromDays(1), nameof(options.LoadAge), "must be more than LoadInterval and at most a day.");
        Require(options.Threshold >= 2, nameof(options.Threshold), "must be at least 2: where silos differ by one, a move only turns that around.");
        Require(options.Rest >= TimeSpan.Zero && options.Rest <= TimeSpan.FromDays(1), nameof(options.Rest), "must be between 0 and a day.");
        Require(options.DrainTime > TimeSpan.Zero && options.DrainTime <= TimeSpan.FromHours(1), nameof(options.DrainTime), "must be more than 0 and at most an hour.");
        return faults.Build();
    }
}
