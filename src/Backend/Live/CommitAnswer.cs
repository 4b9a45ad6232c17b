using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live;

/// <summary>What a write answers.</summary>
/// <param name="Result">The result.</param>
/// <param name="Record">The commit's record, UTF-8 JSON; null of a trial.</param>
public sealed record CommitAnswer(LiveResult Result, byte[]? Record);
