namespace ITwinOrleans.Api.Cluster;

/// <summary>One open iModel.</summary>
/// <param name="Key">The file key.</param>
/// <param name="Silo">The name of the silo that owns it.</param>
/// <param name="Worker">The worker that has it open.</param>
/// <param name="State"><c>opening</c>, <c>open</c> or <c>closing</c>.</param>
/// <param name="Epoch">The epoch in which it can be written; null when it is open for reading.</param>
/// <param name="Sequence">Its newest commit; null when it is open for reading.</param>
/// <param name="Sessions">How many frontends use it.</param>
/// <param name="People">How many people have it open live.</param>
/// <param name="CallsInFlight">The calls that run.</param>
/// <param name="CallsQueued">The calls that wait.</param>
/// <param name="LastUsed">When it was last called.</param>
/// <param name="IsReplica">Whether the silo serves it beside its owner, since it is a fixed version that many use.</param>
public sealed record OpenIModelAnswer(
    string Key, string Silo, string Worker, string State, long? Epoch, long? Sequence, int Sessions, int People, int CallsInFlight, int CallsQueued,
    DateTimeOffset LastUsed, bool IsReplica);
