using System.Reflection;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Api.Tiles;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Clustering;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Files;

namespace ITwinOrleans.Deploy.Tests;

/// <summary>What the containers are told exists, and fits.</summary>
public sealed class SettingsTests
{
    private static readonly Dictionary<string, Type> Sections = new()
    {
        ["Cluster"] = typeof(ClusterSettings), ["Durability"] = typeof(DurabilityOptions), ["Files"] = typeof(FilesOptions), ["Balance"] = typeof(BalanceOptions),
        ["Tiles"] = typeof(TileOptions), ["Authentication"] = typeof(AuthenticationSettings),
    };

    // .NET's and ASP.NET's own.
    private static readonly string[] Others = ["data", "ASPNETCORE_HTTP_PORTS"];

    public static TheoryData<string> Names => [.. Deployment.Containers.Select(container => container.Name)];

    [Fact]
    public void There_are_silos_and_Apis_in_compose_and_in_Kubernetes() => Assert.Equal(
        ["compose/api", "compose/silo-1", "compose/silo-2", "kubernetes/api", "kubernetes/silo"], Deployment.Containers.Select(container => container.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_setting_is_one_of_ours(string name)
    {
        foreach (string variable in Find(name).Environment.Keys.Except(Others))
        {
            string[] path = variable.Split("__");
            Type? type = Sections.GetValueOrDefault(path[0]);
            foreach (string part in path[1..])
                type = type?.GetProperty(part, BindingFlags.Public | BindingFlags.Instance)?.PropertyType;
            Assert.True(type is not null, $"{name} sets {variable}, which is no setting.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Container_has_longer_to_end_than_its_iModels_are_handed_over(string name) =>
        Assert.True(Find(name).Grace >= new BalanceOptions().DrainTime * 2, $"{name} has {Find(name).Grace}.");

    internal static Container Find(string name) => Deployment.Containers.Single(container => container.Name == name);
}
