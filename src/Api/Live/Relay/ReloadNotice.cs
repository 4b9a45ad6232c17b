namespace ITwinOrleans.Api.Live.Relay;

/// <summary>Tells a client to read everything anew.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Epoch">The state that it finds then.</param>
/// <param name="Sequence">The state that it finds then.</param>
internal sealed record ReloadNotice(string Reason, long Epoch, long Sequence);
