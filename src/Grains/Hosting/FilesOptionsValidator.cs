using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Files;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Refuses settings of shared files that cannot work, naming each; on a single machine there are none.</summary>
internal sealed class FilesOptionsValidator(IOptions<DurabilityOptions> durability) : IValidateOptions<FilesOptions>
{
    public ValidateOptionsResult Validate(string? name, FilesOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
                faults.AddError(rule, setting);
        }

        if (!AreShared())
            return ValidateOptionsResult.Success;
        Require(Enum.IsDefined(options.Mode), nameof(options.Mode), "must be Folder or S3.");
        Require(options.CacheFolder.Length > 0, nameof(options.CacheFolder), "is not set: name a folder of this silo's own for copies of shared files.");
        Require(options.CacheBytes >= 0, nameof(options.CacheBytes), "must not be negative.");
        if (options.Mode == FilesMode.Folder)
            Require(Directory.Exists(options.Folder), nameof(options.Folder), $"\"{options.Folder}\" is not a folder: name one that all silos see.");
        if (options.Mode != FilesMode.S3)
            return faults.Build();
        Require(options.S3.Bucket.Length > 0, "S3.Bucket", "is not set: name the bucket.");
        Require(options.S3.ServiceUrl is null || Uri.TryCreate(options.S3.ServiceUrl, UriKind.Absolute, out _), "S3.ServiceUrl", "must be an address, for example \"https://s3.example.com\".");
        Require(options.S3.AccessKey is null == options.S3.SecretKey is null, "S3.SecretKey", "must be set together with S3.AccessKey.");
        Require(options.S3.PartBytes is >= 5L << 20 and <= 1L << 30, "S3.PartBytes", "must be between 5 MB and 1 GB.");
        Require(options.S3.Prefix.Length == 0 || options.S3.Prefix.EndsWith('/'), "S3.Prefix", "must end in a slash.");
        return faults.Build();
    }

    private bool AreShared()
    {
        try
        {
            return durability.Value.Mode != DurabilityMode.Local;
        }
        catch (OptionsValidationException)
        {
            // Said by their own validator.
            return false;
        }
    }
}
