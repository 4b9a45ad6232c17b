namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>An entity that a later commit of somebody else touched.</summary>
/// <param name="Id">The element or model.</param>
/// <param name="Sequence">The newest such commit.</param>
/// <param name="User">Who made it.</param>
public sealed record LiveConflict(string Id, long Sequence, LiveUser User);
