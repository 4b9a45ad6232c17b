using ITwinOrleans.Grains.Listing;

namespace ITwinOrleans.Api.Cluster;

/// <summary>One silo. What it says of itself is null when it does not answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address and port; for operators only, else null.</param>
/// <param name="Status"><c>joining</c>, <c>active</c>, <c>shuttingDown</c>, <c>stopping</c> or <c>dead</c>.</param>
/// <param name="Since">When it started.</param>
/// <param name="Answers">Whether it answers.</param>
/// <param name="MemoryBytes">The memory in use where it runs.</param>
/// <param name="MaxMemoryBytes">The memory that there is.</param>
/// <param name="OpenIModels">How many iModels it has open.</param>
/// <param name="MaxOpenIModels">How many it may have open.</param>
/// <param name="Sessions">How many frontends use them.</param>
/// <param name="People">How many people have them open live.</param>
/// <param name="CallsInFlight">The calls that run or wait.</param>
/// <param name="CallsPerSecond">The calls that came in the last second or so.</param>
/// <param name="Workers">Its workers.</param>
public sealed record SiloAnswer(
    string Name, string? Address, string Status, DateTimeOffset Since, bool Answers, long? MemoryBytes, long? MaxMemoryBytes, int? OpenIModels, int? MaxOpenIModels,
    int? Sessions, int? People, int? CallsInFlight, double? CallsPerSecond, IReadOnlyList<WorkerReport>? Workers);
