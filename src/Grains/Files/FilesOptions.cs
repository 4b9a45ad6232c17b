namespace ITwinOrleans.Grains.Files;

/// <summary>Settings of shared files (section <c>Files</c>).</summary>
public sealed class FilesOptions
{
    /// <summary>Where they are.</summary>
    public FilesMode Mode { get; set; }

    /// <summary>The folder, for <see cref="FilesMode.Folder"/>.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The service and bucket, for <see cref="FilesMode.S3"/>.</summary>
    public S3Options S3 { get; set; } = new();

    /// <summary>This silo's own folder for copies of shared files.</summary>
    public string CacheFolder { get; set; } = "";

    /// <summary>How many bytes of copies are kept. Those in use are kept beyond it.</summary>
    public long CacheBytes { get; set; } = 20L << 30;
}
