using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>The library refused an operation.</summary>
internal sealed class OperationFailedException(int index, NativeException cause) : Exception(cause.Message, cause)
{
    /// <summary>The operation's index.</summary>
    public int Index => index;

    /// <summary>What the library said.</summary>
    public NativeException Cause => cause;
}
