using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>RPC interfaces as their classes describe them, for processes that route calls and have no engine to make the classes over.</summary>
[RequiresUnreferencedCode("It looks for classes that nothing else names; a process that has its interfaces as objects uses RpcRegistry.")]
public sealed class RpcInterfaceTypes : IRpcInterfaceCatalog
{
    private readonly FrozenDictionary<string, RpcInterfaceDescription> _byName;

    /// <summary>Describes classes with <see cref="RpcInterfaceAttribute"/>.</summary>
    /// <param name="types">The classes; those of an application of its own beside <see cref="BuiltIn"/>.</param>
    /// <exception cref="ArgumentException">A class lacks its attribute, or two interfaces or operations share a name.</exception>
    public RpcInterfaceTypes(IEnumerable<Type> types)
    {
        Interfaces = [.. types.Select(RpcRegistry.Describe)];
        _byName = Interfaces.ToFrozenDictionary(description => description.Name, StringComparer.Ordinal);
    }

    /// <summary>The classes of this assembly.</summary>
    public static IReadOnlyList<Type> BuiltIn { get; } =
        [.. typeof(RpcInterface).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(RpcInterface))).OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyList<RpcInterfaceDescription> Interfaces { get; }

    /// <inheritdoc/>
    public RpcInterfaceDescription? Find(string interfaceName) => _byName.GetValueOrDefault(interfaceName);
}
