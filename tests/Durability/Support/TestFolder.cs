namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>A folder of a test, removed at its end.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("itwin-durability-").FullName;

    public string this[string name] => System.IO.Path.Join(Path, name);

    /// <summary>A copy of a real iModel: of the folder named by ITWIN_TEST_DATA, else of <c>../shared/data</c> beside the repository or a folder above.</summary>
    public string CopyOf(string iModel, string? name = null)
    {
        var copy = this[name ?? iModel];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
        File.WriteAllBytes(copy, File.ReadAllBytes(System.IO.Path.Join(Source(), iModel)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Source()
    {
        if (Environment.GetEnvironmentVariable("ITWIN_TEST_DATA") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = System.IO.Path.Join(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
                return data;
        }

        throw new DirectoryNotFoundException("There are no test iModels. Name their folder in ITWIN_TEST_DATA.");
    }
}
