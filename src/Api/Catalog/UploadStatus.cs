namespace ITwinOrleans.Api.Catalog;

/// <summary>How far an upload is.</summary>
/// <param name="Key">The file key that it will have.</param>
/// <param name="Bytes">The bytes that came.</param>
/// <param name="TotalBytes">The bytes that will come, where the client said so.</param>
public sealed record UploadStatus(string Key, long Bytes, long? TotalBytes);
