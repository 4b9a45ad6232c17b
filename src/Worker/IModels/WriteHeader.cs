using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Worker.IModels;

/// <summary>What is needed of a write besides its transaction, which travels beside it as it came.</summary>
/// <param name="Handle">The open iModel.</param>
/// <param name="Epoch">The epoch that the owner writes under; another than the one of the opening is refused.</param>
/// <param name="Session">The session that writes.</param>
/// <param name="User">The session's user.</param>
public sealed record WriteHeader(string Handle, long Epoch, string Session, LiveUser User);
