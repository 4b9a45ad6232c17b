using System.ComponentModel.DataAnnotations;

namespace ITwinOrleans.Api.Tiles;

/// <summary>The tile cache (section <c>Tiles</c>).</summary>
public sealed class TileOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Tiles";

    /// <summary>Whether frontends are told to fetch tiles from the cache.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Its folder, of this server alone.</summary>
    [Required]
    public string Folder { get; set; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ITwinOrleans", "tiles");

    /// <summary>The file with the key that signs tile URLs; made when it is missing. Empty: in the folder. Several Apis of one cluster share one, or an URL from one is refused by another.</summary>
    public string SigningKeyFile { get; set; } = "";

    /// <summary>The most bytes that it keeps; the least recently used tiles go first.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long MaxBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Where browsers reach this server, where that is not what their requests say (behind a proxy), without a slash at the end.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>How long the making of one tile may take.</summary>
    public TimeSpan GenerateTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
