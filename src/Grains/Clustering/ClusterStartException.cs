namespace ITwinOrleans.Grains.Clustering;

/// <summary>A process cannot join its cluster; the message says why, for people.</summary>
/// <param name="message">Why.</param>
/// <param name="inner">The cause.</param>
public sealed class ClusterStartException(string message, Exception inner) : Exception(message, inner);
