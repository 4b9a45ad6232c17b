namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>The current state becomes a version.</summary>
/// <param name="Name">The version's name, 1 to 255 characters.</param>
public sealed record NameVersionRequest(string Name);
