using System.Diagnostics;
using System.Globalization;

namespace ITwinOrleans.WebClient.Tests.Servers;

/// <summary>The processes that a process started, from Linux's <c>/proc</c>.</summary>
public static class ChildProcesses
{
    /// <summary>Ends all children whose command line contains <paramref name="name"/> at once, as a crash would.</summary>
    /// <returns>How many there were.</returns>
    public static int Kill(int parent, string name)
    {
        int[] children = [.. Of(parent).Where(child => CommandLine(child).Contains(name, StringComparison.Ordinal))];
        foreach (int child in children)
        {
            using Process process = Process.GetProcessById(child);
            process.Kill();
        }

        return children.Length;
    }

    private static IEnumerable<int> Of(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(entry => int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(entry => int.Parse(entry!, CultureInfo.InvariantCulture))
        .Where(id => ParentOf(id) == parent);

    /// <summary>The second field after the command's name, which stands in parentheses and may contain anything.</summary>
    private static int ParentOf(int id)
    {
        string stat = Read($"/proc/{id}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static string CommandLine(int id) => Read($"/proc/{id}/cmdline");

    /// <summary>A process may end while it is looked at.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
