namespace ITwinOrleans.Grains.Files;

/// <summary>Where shared files are.</summary>
public enum FilesMode
{
    /// <summary>A folder that all silos see, for example on NFS.</summary>
    Folder,

    /// <summary>A bucket of an S3-compatible service.</summary>
    S3,
}
