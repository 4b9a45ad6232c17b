using ITwinOrleans.Native.Interop;
using ITwinOrleans.Native.Objects;

namespace ITwinOrleans.Native;

/// <summary>The native library's exports (iTwin.js: <c>IModelNative.platform</c>): its classes and functions. Used on the engine thread.</summary>
public sealed class NativePlatform : NativeObject
{
    internal NativePlatform(NativeEngine engine)
        : base(engine, HostLibrary.Exports)
    {
    }
}
