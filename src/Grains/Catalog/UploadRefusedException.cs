namespace ITwinOrleans.Grains.Catalog;

/// <summary>A file was not taken into the catalogue; nothing of it remains.</summary>
/// <param name="refusal">Why.</param>
/// <param name="message">Why, for people; free of paths.</param>
/// <param name="inner">The cause.</param>
public sealed class UploadRefusedException(UploadRefusal refusal, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public UploadRefusal Refusal { get; } = refusal;
}
