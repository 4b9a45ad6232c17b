namespace ITwinOrleans.Api.Cluster;

/// <summary>The cluster at a moment.</summary>
/// <param name="Silos">The silos, oldest first; empty when none can be reached.</param>
/// <param name="IModels">The open iModels that the caller may read, by key.</param>
/// <param name="Api">The server that answered.</param>
public sealed record ClusterAnswer(IReadOnlyList<SiloAnswer> Silos, IReadOnlyList<OpenIModelAnswer> IModels, ApiAnswer Api);
