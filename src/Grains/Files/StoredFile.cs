namespace ITwinOrleans.Grains.Files;

/// <summary>A file in a store, and how to tell that its content is the one that was put there.</summary>
/// <param name="Name">Its name in the store: see <see cref="StoredName"/>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Hash">SHA-256, lower-case hexadecimal.</param>
public sealed record StoredFile(string Name, long Size, string Hash);
