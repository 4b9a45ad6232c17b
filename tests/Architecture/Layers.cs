using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Native;
using ITwinOrleans.Worker.Work;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace ITwinOrleans.Architecture.Tests;

/// <summary>The built assemblies, loaded once.</summary>
internal static class Layers
{
    public static readonly System.Reflection.Assembly
        Native = typeof(NativeEngine).Assembly, Backend = typeof(RpcCall).Assembly, Worker = typeof(IWorker).Assembly, Grains = typeof(IModelOwner).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader().LoadAssemblies(Native, Backend, Worker, Grains).Build();

    public static IObjectProvider<IType> In(System.Reflection.Assembly assembly) => Types().That().ResideInAssembly(assembly).As(assembly.GetName().Name!);

    /// <summary>Types of a namespace and those below it, our own or of a library.</summary>
    public static IObjectProvider<IType> Namespace(string name) => Types(true).That().ResideInNamespaceMatching($@"^{System.Text.RegularExpressions.Regex.Escape(name)}(\.|$)").As(name);

    /// <summary>What breaks a rule, one line each.</summary>
    public static IReadOnlyList<string> Violations(IArchRule rule) => [.. rule.Evaluate(Loaded).Where(r => !r.Passed).Select(r => r.Description)];

    public static IReadOnlyList<string> Uses(IObjectProvider<IType> layer, IObjectProvider<IType> other) =>
        Violations(Types().That().Are(layer).Should().NotDependOnAny(other).WithoutRequiringPositiveResults());
}
