namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>Real iModels: of the folder named by ITWIN_TEST_DATA, else of <c>../shared/data</c> beside the repository. Copied before they are used.</summary>
internal static class RealData
{
    private static readonly Lazy<string> Source = new(Find);

    public static string PathOf(string file) => Path.Join(Source.Value, file);

    /// <summary>Copies a file whole into a folder: under another name first, then renamed over what is there.</summary>
    public static void Copy(string file, DataFolder to, string? key = null)
    {
        var temporary = to.PathOf(".copying-" + Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(temporary, File.ReadAllBytes(PathOf(file)));
        var target = to.PathOf(key ?? file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(temporary, target, overwrite: true);
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("ITWIN_TEST_DATA") is { Length: > 0 } named)
            return named;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, "ITwinOrleans.sln")))
            folder = folder.Parent;
        var data = Path.GetFullPath(Path.Join(folder?.FullName, "..", "shared", "data"));
        return Directory.Exists(data) ? data : throw new DirectoryNotFoundException("There are no test iModels. Name their folder in ITWIN_TEST_DATA.");
    }
}
