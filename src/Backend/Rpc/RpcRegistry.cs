using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>All RPC interfaces of this backend with their operations. Built once at start; a call costs two look-ups and no reflection.</summary>
public sealed class RpcRegistry : IRpcInterfaceCatalog
{
    private readonly FrozenDictionary<string, RpcInterfaceDescription> _descriptions;
    private readonly FrozenDictionary<(string Interface, string Operation), Func<RpcRequest, Task<RpcReply>>> _operations;

    /// <summary>Finds the operations of the interfaces' implementations.</summary>
    /// <param name="implementations">One object per interface, in the order in which <c>describeEndpoints</c> lists them.</param>
    /// <exception cref="ArgumentException">A class lacks its attribute, an operation has a wrong signature, or two share a name.</exception>
    public RpcRegistry(IEnumerable<RpcInterface> implementations)
    {
        var descriptions = new List<RpcInterfaceDescription>();
        var operations = new Dictionary<(string, string), Func<RpcRequest, Task<RpcReply>>>();
        foreach (RpcInterface implementation in implementations)
        {
            Type type = implementation.GetType();
            RpcInterfaceAttribute name = type.GetCustomAttribute<RpcInterfaceAttribute>()
                ?? throw new ArgumentException($"{type.Name} is no RPC interface: it needs [RpcInterface(name, version)].", nameof(implementations));
            var described = new List<RpcOperationDescription>();
            foreach ((MethodInfo method, RpcOperationAttribute operation) in OperationsOf(type))
            {
                string operationName = NameOf(method);
                described.Add(new RpcOperationDescription(operationName, operation.Caching)
                {
                    OperatorsOnly = operation.OperatorsOnly,
                    IsRepeatable = operation.IsRepeatable,
                });
                if (!operations.TryAdd((name.Name, operationName), Bind(implementation, method)))
                    throw new ArgumentException($"The operation {name.Name}.{operationName} is there twice.", nameof(implementations));
            }

            descriptions.Add(new RpcInterfaceDescription(name.Name, name.Version, described));
        }

        Interfaces = descriptions;
        _descriptions = descriptions.ToFrozenDictionary(static description => description.Name, StringComparer.Ordinal);
        _operations = operations.ToFrozenDictionary();
    }

    /// <inheritdoc/>
    public IReadOnlyList<RpcInterfaceDescription> Interfaces { get; }

    /// <inheritdoc/>
    public RpcInterfaceDescription? Find(string interfaceName) => _descriptions.GetValueOrDefault(interfaceName);

    /// <summary>Whether an operation is known to be a safe read, which may be tried again when nobody knows whether it ran.</summary>
    public bool IsRepeatable(string interfaceName, string operationName) => Find(interfaceName)?.Find(operationName) is { IsRepeatable: true };

    /// <summary>The operation to run.</summary>
    /// <exception cref="RpcException">There is none of that name, or the frontend's version does not fit.</exception>
    internal Func<RpcRequest, Task<RpcReply>> Resolve(RpcCall call)
    {
        RpcInterfaceDescription description = Find(call.Interface)
            ?? throw RpcException.Numbered(ErrorNames.GeneralError, $"RPC interface \"{call.Interface}\" is not initialized.");
        if (!_operations.TryGetValue((call.Interface, call.Operation), out Func<RpcRequest, Task<RpcReply>>? operation))
        {
            throw RpcException.Numbered(
                ErrorNames.GeneralError, $"RPC interface class \"{call.Interface}\" does not does not declare operation \"{call.Operation}\"");
        }

        if (!RpcInterfaceVersion.IsCompatible(description.Version, call.Version))
        {
            throw new RpcException(new RpcError(
                "RpcInterfaceStatus.IncompatibleVersion",
                $"Backend version {description.Version} does not match frontend version {call.Version} for RPC interface {call.Operation}.",
                RpcInterfaceVersion.IncompatibleVersion));
        }

        return operation;
    }

    /// <summary>Describes an implementation's class: what a process that only routes calls must know of it.</summary>
    /// <exception cref="ArgumentException">The class lacks its attribute.</exception>
    public static RpcInterfaceDescription Describe([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type type)
    {
        RpcInterfaceAttribute name = type.GetCustomAttribute<RpcInterfaceAttribute>()
            ?? throw new ArgumentException($"{type.Name} is no RPC interface: it needs [RpcInterface(name, version)].", nameof(type));
        return new RpcInterfaceDescription(name.Name, name.Version,
        [
            .. OperationsOf(type).Select(found => new RpcOperationDescription(NameOf(found.Method), found.Operation.Caching)
            {
                OperatorsOnly = found.Operation.OperatorsOnly,
                IsRepeatable = found.Operation.IsRepeatable,
            }),
        ]);
    }

    // In the order of the source, which is the order that describeEndpoints shows.
    internal static IEnumerable<(MethodInfo Method, RpcOperationAttribute Operation)> OperationsOf([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type type) =>
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public)
        let operation = method.GetCustomAttribute<RpcOperationAttribute>()
        where operation is not null
        orderby operation.Line
        select (method, operation);

    private static Func<RpcRequest, Task<RpcReply>> Bind(RpcInterface implementation, MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (method.ReturnType != typeof(Task<RpcReply>) || parameters is not [{ ParameterType: var only }] || only != typeof(RpcRequest))
            throw new ArgumentException($"The operation {method.DeclaringType!.Name}.{method.Name} must be Task<RpcReply> {method.Name}(RpcRequest request).");
        return method.CreateDelegate<Func<RpcRequest, Task<RpcReply>>>(implementation);
    }

    internal static string NameOf(MethodInfo method)
    {
        string name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^"Async".Length] : method.Name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
