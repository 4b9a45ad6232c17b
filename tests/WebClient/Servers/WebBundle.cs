using System.Collections.Concurrent;
using System.Diagnostics;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.WebClient.Tests.Servers;

/// <summary>A folder of web sources with a <c>package.json</c>, built once per test run where its output is missing or older than its sources.</summary>
public static class WebBundle
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Built = new();

    /// <summary>The page of the product.</summary>
    public static string Client => DistOf("src/WebClient", "src/WebClient/live-client");

    /// <summary>An unmodified frontend of a version of iTwin.js.</summary>
    public static string UnmodifiedFrontend(string version) => DistOf($"tests/WebClient/frontend-{version}", "tests/WebClient/frontend");

    private static string DistOf(string folder, params string[] furtherSources) => Built
        .GetOrAdd(folder, _ => new Lazy<string>(() => Build(Full(folder), [Full(folder), .. furtherSources.Select(Full)])))
        .Value;

    private static string Full(string folder) => Path.Combine(PeerFiles.Repository, folder);

    private static string Build(string folder, IEnumerable<string> sources)
    {
        string index = Path.Combine(folder, "dist", "index.html");
        if (!File.Exists(index) || sources.SelectMany(Sources).Any(file => File.GetLastWriteTimeUtc(file) > File.GetLastWriteTimeUtc(index)))
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
                Npm(folder, "ci");
            Npm(folder, "run build");
        }

        return Path.Combine(folder, "dist");
    }

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(folder)
        .Concat(Directory.Exists(Path.Combine(folder, "src")) ? Directory.EnumerateFiles(Path.Combine(folder, "src"), "*", SearchOption.AllDirectories) : []);

    private static void Npm(string folder, string arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process npm = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        Task<string> errors = npm.StandardError.ReadToEndAsync();
        string output = npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm {arguments} failed in {folder}:\n{output}\n{errors.Result}");
    }
}
