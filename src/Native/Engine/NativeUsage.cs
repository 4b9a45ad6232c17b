namespace ITwinOrleans.Native;

/// <summary>What native memory is held by this side now: to find leaks.</summary>
/// <param name="Objects">Native objects that are not disposed.</param>
/// <param name="Results">Results whose memory is not released.</param>
/// <param name="Callbacks">Callbacks that native code holds.</param>
/// <param name="Cells">All live values in the host.</param>
public readonly record struct NativeUsage(long Objects, long Results, long Callbacks, long Cells);
