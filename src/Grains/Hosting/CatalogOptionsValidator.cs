using ITwinOrleans.Grains.Catalog;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Refuses settings of the catalogue that cannot work, naming each.</summary>
internal sealed class CatalogOptionsValidator : IValidateOptions<CatalogOptions>
{
    public ValidateOptionsResult Validate(string? name, CatalogOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                faults.AddError(rule, setting);
        }

        Require(options.DataFolder.Length > 0, nameof(options.DataFolder), "is not set: name the folder that holds the iModels.");
        Require(options.DataFolder.Length == 0 || Directory.Exists(options.DataFolder), nameof(options.DataFolder), $"\"{options.DataFolder}\" is not a folder.");
        Require(options.RescanInterval >= TimeSpan.FromSeconds(1), nameof(options.RescanInterval), "must be at least a second.");
        Require(options.SettleTime >= TimeSpan.Zero && options.SettleTime <= TimeSpan.FromMinutes(1), nameof(options.SettleTime), "must be between 0 and a minute.");
        Require(options.DescribeConcurrency is > 0 and <= 64, nameof(options.DescribeConcurrency), "must be between 1 and 64.");
        Require(options.DescribeAttempts is > 0 and <= 10, nameof(options.DescribeAttempts), "must be between 1 and 10.");
        Require(options.MaxFiles > 0, nameof(options.MaxFiles), "must be at least 1.");
        Require(options.MaxUploadBytes > 0, nameof(options.MaxUploadBytes), "must be positive.");
        return faults.Build();
    }
}
