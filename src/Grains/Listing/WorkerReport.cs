namespace ITwinOrleans.Grains.Listing;

/// <summary>One worker of a silo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>starting</c>, <c>ready</c>, <c>restarting</c>, <c>draining</c> or <c>stopped</c>.</param>
/// <param name="Generation">How often its process was started.</param>
public sealed record WorkerReport(string Name, string State, int Generation);
