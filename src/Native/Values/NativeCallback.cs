namespace ITwinOrleans.Native.Values;

/// <summary>A function for native code to call.</summary>
/// <param name="function">Runs on the engine thread; its arguments are released when it returns. An exception of it is thrown in native code.</param>
/// <param name="byHandle">
/// Whether objects come as <see cref="NativeResult.Object"/> that are valid during the call only (so that they can be changed), instead of as JSON.
/// </param>
/// <param name="dropped">Called when native code no longer holds the function. Must not use native objects.</param>
public sealed class NativeCallback(Func<IReadOnlyList<NativeResult>, NativeArgument> function, bool byHandle = false, Action? dropped = null)
{
    internal Func<IReadOnlyList<NativeResult>, NativeArgument> Function { get; } = function;

    internal bool ByHandle { get; } = byHandle;

    internal Action? Dropped { get; } = dropped;
}
