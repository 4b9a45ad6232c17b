namespace ITwinOrleans.Grains.Files;

/// <summary>The store of files did not do what it was asked. The same call may succeed later.</summary>
/// <param name="message">What failed.</param>
/// <param name="inner">The cause.</param>
public sealed class FileStoreException(string message, Exception? inner = null) : Exception(message, inner);
