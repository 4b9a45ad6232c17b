using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>One reading of the feed and of presence, which waits until there is something new.</summary>
/// <param name="Relay">Who reads, an Api's process: its sessions live as long as it reads. Empty for a reader without sessions.</param>
/// <param name="After">The state after which to read; null asks for the newest state alone.</param>
/// <param name="Owner">The owner whose presence the reader knows (<see cref="LiveNews.Owner"/>), or empty.</param>
/// <param name="PresenceVersion">The presence that the reader knows; negative for a reader that does not want it.</param>
/// <param name="MaxWait">How long to wait when there is nothing new.</param>
public sealed record LiveRead(string Relay, LiveState? After, string Owner, long PresenceVersion, TimeSpan MaxWait);
