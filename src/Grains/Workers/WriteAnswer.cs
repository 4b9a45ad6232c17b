namespace ITwinOrleans.Grains.Workers;

/// <summary>What a worker answered a write.</summary>
/// <param name="Json">The result or the refusal, UTF-8 JSON.</param>
/// <param name="Record">The commit's record; null of a refusal, and of a repeated operation whose record is not kept any more.</param>
internal sealed record WriteAnswer(byte[] Json, byte[]? Record);
