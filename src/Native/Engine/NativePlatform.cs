using ITwinOrleans.Native.Interop;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native;

/// <summary>The native library's exports (iTwin.js: <c>IModelNative.platform</c>): its classes and functions. Used on the engine thread.</summary>
public sealed class NativePlatform : NativeObject
{
    internal NativePlatform(NativeEngine engine)
        : base(engine, HostLibrary.Exports)
    {
    }

    /// <summary>Makes a plain object that native code can read and call back into; functions are given to it by <see cref="NativeObject.Set"/>.</summary>
    /// <param name="json">Its members as JSON; an empty object without it.</param>
    public unsafe NativeObject CreateObject(NativeArgument json = default)
    {
        Engine.EnsureOnEngineThread();
        using var list = new ArgumentList(Engine, [json]);
        HostValue result;
        HostLibrary.Create(list.Values, &result);
        return Take(result).Object!;
    }
}
