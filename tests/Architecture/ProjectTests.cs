using System.Xml.Linq;
using Xunit;

namespace ITwinOrleans.Architecture.Tests;

/// <summary>The same layering, on the project files: also for what a compiler would leave out because nothing uses it yet.</summary>
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Native"] = [],
        ["Backend"] = ["Native"],
        ["Worker"] = ["Backend", "Native"],
        ["Grains"] = ["Backend", "Worker"],
        ["Silo"] = ["Grains", "Backend", "Worker"],
        ["Api"] = ["Grains", "Backend"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetFiles(Path.Join(Root(), "src"), "*.csproj", SearchOption.AllDirectories)
        .Where(p => !p.Contains("node_modules", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_point_one_way(string project)
    {
        var layer = Layer(project);
        Assert.True(Allowed.TryGetValue(layer, out var allowed), $"src/{layer} is no layer of the architecture");
        Assert.Empty(Items(project, "ProjectReference").Select(Layer).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Orleans_is_for_Grains_and_what_hosts_them(string project)
    {
        if (Layer(project) is "Native" or "Backend" or "Worker")
            Assert.DoesNotContain(Items(project, "PackageReference"), p => p.StartsWith("Microsoft.Orleans", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void HTTP_is_for_the_Api(string project)
    {
        if (Layer(project) is "Api")
            return;
        Assert.DoesNotContain(Items(project, "PackageReference").Concat(Items(project, "FrameworkReference")), p => p.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.NotEqual("Microsoft.NET.Sdk.Web", XDocument.Load(project).Root!.Attribute("Sdk")?.Value);
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(e => e.Attribute("Include")!.Value);

    // ../Backend/ITwinOrleans.Backend.csproj
    private static string Layer(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/')).Replace("ITwinOrleans.", "", StringComparison.Ordinal);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, "ITwinOrleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run below the solution.");
    }
}
