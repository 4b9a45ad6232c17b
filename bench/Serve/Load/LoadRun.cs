using System.Diagnostics;

namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>Several keep-alive connections, each with one request under way at a time.</summary>
internal static class LoadRun
{
    /// <summary>Repeats the units in turn for a time.</summary>
    /// <param name="port">The server's.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="units">Units of work: each is one or more requests that follow one another.</param>
    /// <param name="duration">For how long.</param>
    public static Sample For(int port, int connections, IReadOnlyList<byte[][]> units, TimeSpan duration) => Run(port, connections, units, duration);

    /// <summary>Does each unit once.</summary>
    public static Sample Once(int port, int connections, IReadOnlyList<byte[][]> units) => Run(port, connections, units, null);

    private static Sample Run(int port, int connections, IReadOnlyList<byte[][]> units, TimeSpan? duration)
    {
        int next = -1;
        long started = 0;
        Exception? failure = null;
        var times = new List<double>[connections];
        TimeSpan before = default;
        using var ready = new Barrier(connections, _ =>
        {
            before = ProcessorTime();
            Volatile.Write(ref started, Stopwatch.GetTimestamp());
        });
        var threads = new Thread[connections];
        for (int i = 0; i < connections; i++)
        {
            List<double> own = times[i] = new List<double>(4096);
            threads[i] = new Thread(() =>
            {
                try
                {
                    using var connection = new Connection(port);
                    try
                    {
                        connection.Open();
                    }
                    finally
                    {
                        ready.SignalAndWait();
                    }

                    while (Volatile.Read(ref failure) is null && (duration is null || Stopwatch.GetElapsedTime(started) < duration))
                    {
                        int unit = Interlocked.Increment(ref next);
                        if (duration is null && unit >= units.Count)
                            return;
                        long begun = Stopwatch.GetTimestamp();
                        foreach (byte[] request in units[unit % units.Count])
                            Check(connection.Send(request), request);
                        own.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                    }
                }
                catch (Exception exception)
                {
                    Volatile.Write(ref failure, exception);
                }
            }, maxStackSize: 256 * 1024);
            threads[i].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return failure is null
            ? Sample.Of(times.SelectMany(own => own), elapsed, ProcessorTime() - before)
            : throw new InvalidOperationException("A request failed: " + failure.Message, failure);
    }

    private static void Check(int status, byte[] request)
    {
        if (status != 200)
            throw new InvalidDataException($"Status {status} to {System.Text.Encoding.Latin1.GetString(request, 0, Math.Min(request.Length, 300))}");
    }

    private static TimeSpan ProcessorTime()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
