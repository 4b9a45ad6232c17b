using Microsoft.AspNetCore.SignalR;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>A message to clients.</summary>
/// <param name="Message">The message, serialised when it is first sent.</param>
/// <param name="Size">About how many bytes it has.</param>
internal sealed record OutgoingMessage(SerializedHubMessage Message, int Size);
