namespace ITwinOrleans.Native.Errors;

/// <summary>An error of the iModel layer (scope <c>dgn-db</c>); its number is an <see cref="IModelStatus"/>.</summary>
public sealed class IModelException(string message) : NativeException(message)
{
    internal const string ErrorScope = "dgn-db";

    /// <summary>The number as a status.</summary>
    public IModelStatus Status => (IModelStatus)ErrorNumber;

    /// <summary>An error for a status that a native call returned as a number instead of throwing it.</summary>
    internal static IModelException ForStatus(IModelStatus status, string action, bool isMessage = false) =>
        new(isMessage ? action : $"{action} failed: {status}") { ErrorNumber = (int)status, Scope = ErrorScope, Key = status.ToString() };
}
