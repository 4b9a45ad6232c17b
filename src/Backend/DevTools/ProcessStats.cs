using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ITwinOrleans.Backend.Json;

namespace ITwinOrleans.Backend.DevTools;

/// <summary>How this process and its machine do (core-backend <c>DevTools.stats</c>), without spinning the processor to measure it.</summary>
internal static class ProcessStats
{
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(500);

    /// <summary>The statistics, JSON. Memory is in megabytes, times in seconds, shares in percent.</summary>
    /// <param name="withUnits">Whether numbers are texts with their units.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public static async Task<byte[]> ReadAsync(bool withUnits, CancellationToken cancellationToken)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        await Task.Delay(Measured, cancellationToken).ConfigureAwait(false);
        process.Refresh();
        double share = (process.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(began) / Environment.ProcessorCount;

        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            var stats = new StatsWriter(writer, withUnits);
            writer.WriteStartObject();
            WriteMachine(stats, Math.Round(100 * share));
            WriteProcess(stats, process);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMachine(StatsWriter stats, double processorShare)
    {
        Dictionary<string, double> memory = ReadMemory();
        stats.Writer.WriteStartObject("os"u8);
        stats.Writer.WriteString("platform"u8, OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "win32" : "darwin");
        stats.Writer.WriteString("hostname"u8, Environment.MachineName);
        stats.Memory("totalmem", memory.GetValueOrDefault("MemTotal"));
        stats.Memory("freemem", memory.GetValueOrDefault("MemAvailable"));
        stats.Seconds("uptime", Environment.TickCount64 / 1000.0);
        stats.Writer.WriteStartArray("cpus"u8);
        foreach (double[] times in ReadProcessors())
            WriteProcessor(stats, times);
        stats.Writer.WriteEndArray();
        stats.Percent("cpuUsage", processorShare);
        stats.Writer.WriteEndObject();
    }

    private static void WriteProcessor(StatsWriter stats, double[] times)
    {
        double total = Math.Max(1, times.Sum());
        stats.Writer.WriteStartObject();
        stats.Writer.WriteStartObject("times"u8);
        stats.Percent("user", Math.Round(100 * times[0] / total));
        stats.Percent("nice", Math.Round(100 * times[1] / total));
        stats.Percent("sys", Math.Round(100 * times[2] / total));
        stats.Percent("idle", Math.Round(100 * times[3] / total));
        stats.Percent("irq", Math.Round(100 * times[4] / total));
        stats.Writer.WriteEndObject();
        stats.Writer.WriteEndObject();
    }

    private static void WriteProcess(StatsWriter stats, Process process)
    {
        GCMemoryInfo heap = GC.GetGCMemoryInfo();
        stats.Writer.WriteStartObject("process"u8);
        stats.Seconds("uptime", (DateTime.Now - process.StartTime).TotalSeconds);
        stats.Writer.WriteNumber("pid"u8, Environment.ProcessId);
        stats.Writer.WriteStartObject("memoryUsage"u8);
        stats.Memory("rss", process.WorkingSet64 / Megabyte);
        stats.Memory("heapTotal", heap.TotalCommittedBytes / Megabyte);
        stats.Memory("heapUsed", GC.GetTotalMemory(forceFullCollection: false) / Megabyte);
        stats.Memory("external", Math.Max(0, process.WorkingSet64 - heap.TotalCommittedBytes) / Megabyte);
        stats.Writer.WriteEndObject();
        stats.Writer.WriteEndObject();
    }

    // Megabytes by name; nothing where there is no /proc.
    private static Dictionary<string, double> ReadMemory()
    {
        if (!File.Exists("/proc/meminfo"))
            return [];
        return File.ReadLines("/proc/meminfo")
            .Select(static line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(static parts => parts.Length > 1)
            .ToDictionary(static parts => parts[0], static parts => double.Parse(parts[1], CultureInfo.InvariantCulture) / 1024);
    }

    // Of each processor the time spent for users, nice users, the system, nothing and interrupts.
    private static IEnumerable<double[]> ReadProcessors()
    {
        if (!File.Exists("/proc/stat"))
            return [];
        return File.ReadLines("/proc/stat")
            .Where(static line => line.StartsWith("cpu", StringComparison.Ordinal) && line.Length > 3 && char.IsAsciiDigit(line[3]))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(static time => double.Parse(time, CultureInfo.InvariantCulture)).ToArray())
            .Select(static times => new[] { times[0], times[1], times[2], times[3], times[5] });
    }
}
