namespace ITwinOrleans.Native.Errors;

/// <summary>Native objects were used in a way that would harm: off the engine thread, after disposal, a statement without a row.</summary>
public sealed class NativeUsageException(string message) : NativeException(message);
