namespace ITwinOrleans.Native;

/// <summary>Where the native library is and how its thread runs.</summary>
public sealed record NativeEngineOptions
{
    /// <summary>
    /// The N-API host library. Default: the environment variable <c>ITWIN_NAPI_HOST</c> (for example a build with sanitizers), else
    /// <c>native/</c> beside the program, where the build puts it.
    /// </summary>
    public string HostLibraryPath { get; init; } = Environment.GetEnvironmentVariable("ITWIN_NAPI_HOST") is { Length: > 0 } path
        ? path
        : Path.Combine(AppContext.BaseDirectory, "native", "libitwin_napi_host.so");

    /// <summary>The iTwin native library (a Node add-on); its <c>Assets</c> folder lies beside it.</summary>
    public string AddonPath { get; init; } = Path.Combine(AppContext.BaseDirectory, "native", "addon", "imodeljs.node");

    /// <summary>The engine thread's stack in bytes. Node's main thread has 8 MB; geometry code recurses deeply.</summary>
    public int StackSize { get; init; } = 16 * 1024 * 1024;
}
