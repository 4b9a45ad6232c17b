namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>An instance lacks what its class must have. Frontends are told that it is not there, as core-backend does.</summary>
internal sealed class UnreadableEntityException(string message) : Exception(message);
