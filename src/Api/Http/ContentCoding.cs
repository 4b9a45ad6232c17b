namespace ITwinOrleans.Api.Http;

/// <summary>How a response's body is compressed.</summary>
internal enum ContentCoding : byte
{
    Identity,
    Brotli,
    Gzip,
}
