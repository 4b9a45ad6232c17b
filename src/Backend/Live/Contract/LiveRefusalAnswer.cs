namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>A refusal as an answer: <c>{"error": {…}}</c>.</summary>
/// <param name="Error">Why.</param>
public sealed record LiveRefusalAnswer(LiveRefusal Error);
