namespace ITwinOrleans.Backend.Rpc;

/// <summary>Names an RPC interface as its frontend knows it.</summary>
/// <param name="name">The interface's name, for example <c>IModelReadRpcInterface</c>; without a hyphen.</param>
/// <param name="version">The version that the class implements, for example <c>3.8.0</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RpcInterfaceAttribute(string name, string version) : Attribute
{
    /// <summary>The interface's name.</summary>
    public string Name { get; } = name;

    /// <summary>The version that the class implements.</summary>
    public string Version { get; } = version;
}
