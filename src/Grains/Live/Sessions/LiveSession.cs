using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Sessions;

/// <summary>One frontend that has the iModel open.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="User">Who it is.</param>
/// <param name="Color">The colour that others see the person in, or null.</param>
/// <param name="Relay">The Api that it belongs to.</param>
internal sealed record LiveSession(string Id, LiveUser User, string? Color, string Relay);
