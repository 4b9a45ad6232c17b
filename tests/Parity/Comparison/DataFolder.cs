namespace ITwinOrleans.Parity.Tests.Comparison;

/// <summary>Where the iModels of the list come from.</summary>
internal static class DataFolder
{
    /// <summary><c>ITWIN_TEST_DATA</c>, else <c>shared/data</c> in the nearest folder above this program.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("ITWIN_TEST_DATA") is { Length: > 0 } configured)
            return configured;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException("No iModels to test with: put them in shared/data beside the repository or set ITWIN_TEST_DATA");
    }
}
