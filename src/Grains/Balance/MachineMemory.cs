using System.Globalization;

namespace ITwinOrleans.Grains.Balance;

/// <summary>The memory of the machine or, where that has a limit, of the container: what the workers use counts, which Orleans' own statistics leave out.</summary>
/// <remarks>Linux: the control group (version 2) as the container sees it, else <c>/proc/meminfo</c>. File pages that may be dropped at any time count as free.</remarks>
/// <param name="root">The folder that these files are below.</param>
public sealed class MachineMemory(string root = "/")
{
    private readonly string _group = Path.Join(root, "sys/fs/cgroup");

    /// <summary>What is in use and what there is, in bytes; zeros where it cannot be read.</summary>
    public (long Used, long Max) Read()
    {
        var (used, max) = ReadMachine();
        if (ReadNumber("memory.max") is not { } limit || (max > 0 && limit >= max) || ReadNumber("memory.current") is not { } current)
            return (used, max);
        return (Math.Max(0, current - ReadDroppable()), limit);
    }

    private (long Used, long Max) ReadMachine()
    {
        var lines = ReadLines(Path.Join(root, "proc/meminfo"));
        var (total, available) = (ValueOf(lines, "MemTotal:"), ValueOf(lines, "MemAvailable:"));
        return total is null || available is null ? (0, 0) : ((total.Value - available.Value) * 1024, total.Value * 1024);
    }

    private long ReadDroppable() => ValueOf(ReadLines(Path.Join(_group, "memory.stat")), "inactive_file") ?? 0;

    // "max" means that there is no limit.
    private long? ReadNumber(string file) =>
        ReadLines(Path.Join(_group, file)) is [var line, ..] && long.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? ValueOf(string[] lines, string name)
    {
        var words = Array.Find(lines, l => l.StartsWith(name, StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var value, ..] && long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
