using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Views;

/// <summary>The store of views in the cloud that an iModel may refer to. This backend has none to open.</summary>
internal static class ViewStore
{
    // core-common ViewStoreRpc.version.
    private const string Version = "4.0.0";

    private const string Property = """{"namespace":"itwinjs","name":"DefaultViewStore"}""";

    /// <summary>Refuses a frontend of a version that does not fit.</summary>
    /// <exception cref="RpcException">It does not.</exception>
    public static void CheckVersion(string version)
    {
        if (!RpcInterfaceVersion.IsCompatible(Version, version))
            throw RpcException.Plain("ViewStoreRpc version mismatch");
    }

    /// <summary>Says why the store cannot be used; on the engine thread.</summary>
    public static RpcException Unavailable(DgnDb native) => native.FileProperties.QueryText(Property) is null
        ? new RpcException(new RpcError("no-viewstore", "iModel does not have a default ViewStore", 0)
        {
            Properties = """{"iTwinErrorId":{"scope":"itwin-ViewStore","key":"no-viewstore"}}"""u8.ToArray(),
        })
        : RpcException.Numbered((int)Native.Errors.IModelStatus.BadRequest, "No ViewStore available");
}
