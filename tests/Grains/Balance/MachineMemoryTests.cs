using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Balance;

public sealed class MachineMemoryTests : IDisposable
{
    private readonly DataFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Read_of_this_machine()
    {
        var (used, max) = new MachineMemory().Read();
        Assert.InRange(used, 1, max - 1);
    }

    [Fact]
    public void Read_no_limit_is_the_machines()
    {
        Write("proc/meminfo", "MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    400 kB\n");
        Assert.Equal((600 * 1024, 1000 * 1024), new MachineMemory(_root.Path).Read());
        Write("sys/fs/cgroup/memory.max", "max\n");
        Assert.Equal((600 * 1024, 1000 * 1024), new MachineMemory(_root.Path).Read());
    }

    [Fact]
    public void Read_limit_of_a_container_without_what_may_be_dropped()
    {
        Write("proc/meminfo", "MemTotal:       1000 kB\nMemAvailable:    400 kB\n");
        Write("sys/fs/cgroup/memory.max", "500000\n");
        Write("sys/fs/cgroup/memory.current", "300000\n");
        Write("sys/fs/cgroup/memory.stat", "anon 200000\ninactive_file 100000\nactive_file 0\n");
        Assert.Equal((200000, 500000), new MachineMemory(_root.Path).Read());
    }

    [Fact]
    public void Read_nothing_there_is_unknown() => Assert.Equal((0, 0), new MachineMemory(_root.Path).Read());

    private void Write(string file, string text)
    {
        var path = _root.PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
