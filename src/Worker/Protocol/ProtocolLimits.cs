namespace ITwinOrleans.Worker.Protocol;

/// <summary>The bounds of one connection. The owner decides them and tells the worker in its Hello.</summary>
/// <param name="MaxMessageBytes">The largest body of a frame, in bytes.</param>
/// <param name="MaxInFlight">The most requests without an answer.</param>
/// <param name="EventCredits">How many events may be sent before the owner has read any.</param>
/// <param name="MaxEventBytes">The largest body of an event, in bytes.</param>
internal sealed record ProtocolLimits(int MaxMessageBytes, int MaxInFlight, int EventCredits, int MaxEventBytes);
