namespace ITwinOrleans.Native.Errors;

/// <summary>The engine itself could not do something: start, take work after it was stopped, find its files.</summary>
public sealed class EngineException(string message, Exception? inner = null) : NativeException(message, inner);
