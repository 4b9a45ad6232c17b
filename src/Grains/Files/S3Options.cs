namespace ITwinOrleans.Grains.Files;

/// <summary>An S3-compatible service.</summary>
public sealed class S3Options
{
    /// <summary>The bucket. It must exist.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>What the names of all files begin with, for example <c>plants/</c>.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The service's address, of one that is not Amazon's.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>The region, for example <c>eu-central-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Whether the bucket is a part of the path instead of the host's name, as most services that are not Amazon's want it.</summary>
    public bool ForcePathStyle { get; set; }

    /// <summary>The access key, together with <see cref="SecretKey"/>; without them, what the machine offers (environment, profile, role) is used.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret key.</summary>
    public string? SecretKey { get; set; }

    /// <summary>The size of the parts that a large file is sent in, in bytes; smaller files are sent at once.</summary>
    public long PartBytes { get; set; } = 16L << 20;
}
