namespace ITwinOrleans.Cluster.Tests.Telemetry;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Service">The service that made it.</param>
/// <param name="Trace">Its trace.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parent">Its parent's id, or empty.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its attributes that are texts.</param>
internal sealed record CollectedSpan(string Service, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes);
