using System.Runtime.InteropServices;

namespace ITwinOrleans.Native.Interop;

/// <summary>The functions of the host library, documented in host/include/itwin_host.h.</summary>
internal static unsafe partial class HostLibrary
{
    private const string Library = "itwin_napi_host";

    /// <summary>The handle of the add-on's exports.</summary>
    public const ulong Exports = 1;

    /// <summary>Give objects as handles even where they could be JSON.</summary>
    public const uint WantHandle = 1;

    /// <summary>Makes .NET find the library at a path of our own.</summary>
    public static void UseLibrary(string path) =>
        NativeLibrary.SetDllImportResolver(typeof(HostLibrary).Assembly, (name, _, _) => name == Library ? NativeLibrary.Load(path) : 0);

    // Lifetime

    [LibraryImport(Library, EntryPoint = "itwin_start", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Start(string path, HostHooks* hooks, HostValue* error);

    [LibraryImport(Library, EntryPoint = "itwin_stop")]
    public static partial void Stop();

    [LibraryImport(Library, EntryPoint = "itwin_pump")]
    public static partial void Pump();

    [LibraryImport(Library, EntryPoint = "itwin_trim_memory")]
    public static partial void TrimMemory();

    [LibraryImport(Library, EntryPoint = "itwin_get_usage")]
    public static partial void GetUsage(out HostUsage usage);

    // Objects

    [LibraryImport(Library, EntryPoint = "itwin_call")]
    public static partial void Call(
        ulong target, byte* name, nuint nameSize, HostValue* arguments, nuint count, uint flags, ulong token, HostValue* result);

    [LibraryImport(Library, EntryPoint = "itwin_construct")]
    public static partial void Construct(ulong target, byte* name, nuint nameSize, HostValue* arguments, nuint count, HostValue* result);

    [LibraryImport(Library, EntryPoint = "itwin_get")]
    public static partial void Get(ulong target, byte* name, nuint nameSize, uint flags, ulong token, HostValue* result);

    [LibraryImport(Library, EntryPoint = "itwin_set")]
    public static partial void Set(ulong target, byte* name, nuint nameSize, HostValue* value, HostValue* result);

    [LibraryImport(Library, EntryPoint = "itwin_to_json")]
    public static partial void ToJson(ulong handle, HostValue* result);

    [LibraryImport(Library, EntryPoint = "itwin_create")]
    public static partial void Create(HostValue* value, HostValue* result);

    [LibraryImport(Library, EntryPoint = "itwin_return")]
    public static partial void Return(HostValue* value);

    // Ownership

    [LibraryImport(Library, EntryPoint = "itwin_release_handle")]
    public static partial int ReleaseHandle(ulong handle);

    [LibraryImport(Library, EntryPoint = "itwin_release_memory")]
    public static partial void ReleaseMemory(nint owner);
}
