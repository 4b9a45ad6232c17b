namespace ITwinOrleans.Api.Cluster;

/// <summary>The server that answered.</summary>
/// <param name="Name">The name of its machine, and its process.</param>
/// <param name="Since">When it started.</param>
/// <param name="MemoryBytes">Its own memory.</param>
/// <param name="LiveConnections">The live connections of frontends to it.</param>
public sealed record ApiAnswer(string Name, DateTimeOffset Since, long MemoryBytes, int LiveConnections);
