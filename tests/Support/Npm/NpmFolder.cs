using System.Diagnostics;

namespace ITwinOrleans.Tests.Support;

/// <summary>Programs of npm that tests run, from <c>tests/Support</c>.</summary>
internal static class NpmFolder
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Installs what a folder of <c>tests/Support</c> names into a folder of the build's own, once; several test processes may come at the same time.</summary>
    /// <param name="name">The folder, with <c>package.json</c> and <c>package-lock.json</c>.</param>
    /// <param name="files">Further files of it that are needed.</param>
    /// <returns>The folder with <c>node_modules</c>.</returns>
    public static async Task<string> InstallAsync(string name, params IEnumerable<string> files)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(root.FullName, "ITwinOrleans.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        var target = Path.Join(root.FullName, "artifacts", name.ToLowerInvariant());
        var last = Path.Join(target, "node_modules", ".package-lock.json");
        if (File.Exists(last))
            return target;
        var fresh = target + "-" + Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(fresh);
        foreach (var file in files.Concat(["package.json", "package-lock.json"]))
            File.Copy(Path.Join(root.FullName, "tests", "Support", name, file), Path.Join(fresh, file));
        using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = fresh })!;
        await npm.WaitForExitAsync().WaitAsync(Limit);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci of {name} failed.");
        try
        {
            Directory.Move(fresh, target);
        }
        catch (IOException) when (File.Exists(last))
        {
            Directory.Delete(fresh, recursive: true);
        }

        return target;
    }
}
