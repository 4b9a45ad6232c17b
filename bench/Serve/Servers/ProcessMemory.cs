using System.Globalization;

namespace ITwinOrleans.Serve.Bench.Servers;

/// <summary>The memory of a process and of all that it started, in megabytes (2^20 bytes).</summary>
/// <param name="Resident">The sum of <c>VmRSS</c>: pages that several processes share count in each.</param>
/// <param name="Proportional">The sum of <c>Pss</c>: a page that n processes share counts 1/n in each.</param>
internal readonly record struct ProcessMemory(double Resident, double Proportional)
{
    public static ProcessMemory Of(int root)
    {
        double resident = 0, proportional = 0;
        foreach (int id in Tree(root))
        {
            resident += Read($"/proc/{id}/status", "VmRSS:");
            proportional += Read($"/proc/{id}/smaps_rollup", "Pss:");
        }

        return new ProcessMemory(resident, proportional);
    }

    private static HashSet<int> Tree(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int id) && Read($"{folder}/status", "PPid:", divisor: 1) is > 0 and var parent)
                parents[id] = (int)parent;
        }

        var tree = new HashSet<int> { root };
        while (parents.Where(pair => tree.Contains(pair.Value) && !tree.Contains(pair.Key)).Select(pair => pair.Key).ToArray() is { Length: > 0 } children)
            tree.UnionWith(children);
        return tree;
    }

    private static double Read(string file, string name, double divisor = 1024)
    {
        try
        {
            string? line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / divisor;
        }
        catch (IOException)
        {
            return 0;   // The process ended meanwhile.
        }
    }
}
