namespace ITwinOrleans.Grains.Catalog;

/// <summary>Why a file was not taken into the catalogue.</summary>
public enum UploadRefusal : byte
{
    /// <summary>The key breaks the rules of <see cref="IModelKey"/>, or a folder on its way is none.</summary>
    BadKey,

    /// <summary>There is a file of that key already, and it was not to be replaced.</summary>
    Exists,

    /// <summary>The file that it would take the place of is open for writing.</summary>
    InUse,

    /// <summary>It is larger than allowed.</summary>
    TooLarge,

    /// <summary>The native library cannot open it.</summary>
    NotAnIModel,
}
