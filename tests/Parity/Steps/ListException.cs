namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>A fault of the list or of the runner, never an answer of native code.</summary>
public sealed class ListException(string message) : Exception(message);
