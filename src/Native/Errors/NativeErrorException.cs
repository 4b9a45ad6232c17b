namespace ITwinOrleans.Native.Errors;

/// <summary>Any other error that native code threw: bad arguments (scope <c>imodel-native</c>), schema synchronisation, plain errors.</summary>
public sealed class NativeErrorException(string message) : NativeException(message);
