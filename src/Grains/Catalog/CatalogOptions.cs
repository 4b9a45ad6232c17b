namespace ITwinOrleans.Grains.Catalog;

/// <summary>Settings of the catalogue.</summary>
public sealed class CatalogOptions
{
    /// <summary>The folder whose tree of <c>.bim</c> files is served. Must exist and be writable: the native library writes tile caches beside its files.</summary>
    public string DataFolder { get; set; } = "";

    /// <summary>How often the whole tree is looked through, whatever the file system announced (it announces nothing on network shares).</summary>
    public TimeSpan RescanInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a file must rest before it is read, so that one being copied is not taken for a broken one.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How many files are read at once.</summary>
    public int DescribeConcurrency { get; set; } = 2;

    /// <summary>How often a file whose reading ends its worker is tried before it counts as invalid.</summary>
    public int DescribeAttempts { get; set; } = 2;

    /// <summary>The most files that are listed; the rest of a larger tree is left out, with a warning.</summary>
    public int MaxFiles { get; set; } = 20_000;

    /// <summary>The largest file that may be added, in bytes.</summary>
    public long MaxUploadBytes { get; set; } = 16L << 30;
}
