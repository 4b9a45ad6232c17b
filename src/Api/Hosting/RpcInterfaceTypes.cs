using System.Reflection;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Hosting;

/// <summary>The RPC interfaces that the workers implement, known here by their classes: those of the Backend and those of the application.</summary>
internal sealed class RpcInterfaceTypes : IRpcInterfaceCatalog
{
    private readonly Dictionary<string, RpcInterfaceDescription> _byName;

    /// <summary>Finds the classes.</summary>
    /// <param name="application">The application's assemblies, beside the Backend's.</param>
    public RpcInterfaceTypes(IEnumerable<Assembly> application)
    {
        Interfaces =
        [
            .. application.Prepend(typeof(RpcRegistry).Assembly).Distinct()
                .SelectMany(assembly => assembly.GetTypes())
                .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RpcInterface)) && type.IsDefined(typeof(RpcInterfaceAttribute), false))
                .Select(RpcRegistry.Describe).OrderBy(found => found.Name, StringComparer.Ordinal),
        ];
        _byName = Interfaces.ToDictionary(found => found.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RpcInterfaceDescription> Interfaces { get; }

    /// <inheritdoc/>
    public RpcInterfaceDescription? Find(string interfaceName) => _byName.GetValueOrDefault(interfaceName);
}
