namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>How a session begins.</summary>
/// <param name="Relay">The Api that the session belongs to; it lives as long as that one reads the feed.</param>
/// <param name="Color">The colour that others see the person in, any CSS colour, or null.</param>
public sealed record OpenRequest(string Relay, string? Color = null);
