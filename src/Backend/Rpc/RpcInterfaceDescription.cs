using System.Collections.Frozen;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>One RPC interface: its name, the version that it implements, and its operations.</summary>
public sealed class RpcInterfaceDescription
{
    private readonly FrozenDictionary<string, RpcOperationDescription> _byName;

    /// <summary>Describes an interface.</summary>
    /// <param name="name">For example <c>IModelReadRpcInterface</c>; it may not contain a hyphen (it ends at the first one in the URL).</param>
    /// <param name="version">A semantic version, for example <c>3.8.0</c>.</param>
    /// <param name="operations">The operations, in the order in which <c>describeEndpoints</c> lists them.</param>
    /// <exception cref="ArgumentException">The name is empty or has a hyphen, or two operations share a name.</exception>
    public RpcInterfaceDescription(string name, string version, IReadOnlyList<RpcOperationDescription> operations)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('-'))
            throw new ArgumentException($"The interface name \"{name}\" contains a hyphen.", nameof(name));
        Name = name;
        Version = version;
        Operations = operations;
        _byName = operations.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);
    }

    /// <summary>The interface's name.</summary>
    public string Name { get; }

    /// <summary>The version that is implemented; a frontend of the same major and of no newer minor version may use it.</summary>
    public string Version { get; }

    /// <summary>The operations.</summary>
    public IReadOnlyList<RpcOperationDescription> Operations { get; }

    /// <summary>The operation of that name (case matters), or null.</summary>
    public RpcOperationDescription? Find(string operationName) => _byName.GetValueOrDefault(operationName);
}
