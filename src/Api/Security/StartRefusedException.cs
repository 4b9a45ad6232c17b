namespace ITwinOrleans.Api.Security;

/// <summary>The server does not start, and its message says what to set.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
