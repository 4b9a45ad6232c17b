namespace ITwinOrleans.Native.Tests.Data;

/// <summary>Copies of real iModels: native code writes beside the files that it opens.</summary>
public static class TestFiles
{
    private static readonly string CopiesFolder = Directory.CreateTempSubdirectory("itwin-native-tests-").FullName;

    /// <summary>The folder of the iModels: <c>ITWIN_TEST_DATA</c>, else <c>shared/data</c> beside the repository.</summary>
    public static string SourceFolder { get; } = FindSource();

    /// <summary>A fresh copy of an iModel.</summary>
    public static string Copy(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(CopiesFolder, Guid.NewGuid().ToString("N"))).FullName;
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, File.ReadAllBytes(Path.Combine(SourceFolder, name)));
        return path;
    }

    /// <summary>A file with the given content.</summary>
    public static string Create(string name, byte[] content)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(CopiesFolder, Guid.NewGuid().ToString("N"))).FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public static void DeleteCopies() => Directory.Delete(CopiesFolder, recursive: true);

    private static string FindSource()
    {
        if (Environment.GetEnvironmentVariable("ITWIN_TEST_DATA") is { Length: > 0 } configured)
            return configured;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException("No iModels to test with: put them in shared/data beside the repository or set ITWIN_TEST_DATA");
    }
}
