using System.Diagnostics;

namespace ITwinOrleans.Tests.Support;

/// <summary>PostgreSQL's programs, which refuse to run as root: then they run as <c>nobody</c>.</summary>
internal static class PostgreSqlPrograms
{
    private const string ServerUser = "nobody";

    /// <summary>A program of PostgreSQL: of the path, else of Debian's newest version.</summary>
    public static string PathOf(string program)
    {
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(v => v, StringComparer.Ordinal).Select(v => Path.Join(v, "bin"))
            : [];
        return path.Concat(versions).Select(folder => Path.Join(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{program} is missing: install the package postgresql.");
    }

    public static ProcessStartInfo AsServerUser(string program, params IEnumerable<string> arguments) => Environment.IsPrivilegedProcess
        ? new ProcessStartInfo("setpriv", ["--reuid", ServerUser, "--regid", "nogroup", "--clear-groups", "--", PathOf(program), .. arguments])
        : new ProcessStartInfo(PathOf(program), arguments);

    public static Task GiveToServerUserAsync(string folder) => Environment.IsPrivilegedProcess
        ? RunAsync(new ProcessStartInfo("chown", ["-R", ServerUser + ":nogroup", folder]))
        : Task.CompletedTask;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static async Task RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = "/";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed: {await output}{await error}");
    }
}
