using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>One call to the owner of a live iModel.</summary>
/// <param name="Operation">What is asked.</param>
/// <param name="Session">The session that asks; chosen by the Api, not by its client.</param>
/// <param name="User">The session's user.</param>
/// <param name="Json">The parameters, UTF-8 JSON; may not change any more.</param>
public sealed record LiveCall(LiveOperation Operation, string Session, LiveUser User, ReadOnlyMemory<byte> Json = default);
