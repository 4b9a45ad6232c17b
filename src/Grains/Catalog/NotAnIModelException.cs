namespace ITwinOrleans.Grains.Catalog;

/// <summary>A file is not an iModel that can be opened.</summary>
/// <param name="reason">Why, free of paths.</param>
/// <param name="errorNumber">The native library's error number (IModelStatus or DbResult), or 0.</param>
/// <param name="inner">The cause.</param>
public sealed class NotAnIModelException(string reason, int errorNumber = 0, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>The native library's error number (IModelStatus or DbResult), or 0.</summary>
    public int ErrorNumber { get; } = errorNumber;
}
