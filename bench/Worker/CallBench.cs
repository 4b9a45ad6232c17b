using System.Diagnostics;
using System.Globalization;
using System.Text;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Bench;

/// <summary>Times calls to two workers in turn and prints a row with the median time per call of each.</summary>
internal static class CallBench
{
    public static Task RoundTripAsync(string row, IWorker process, IWorker local, int bytes, int calls, int runs)
    {
        var request = new WorkRequest { Operation = "echo", Json = new byte[bytes] };
        return CompareAsync(row, process, local, calls, runs, async worker =>
        {
            for (var i = 0; i < calls; i++)
                (await worker.CallAsync(request, CancellationToken.None)).Dispose();
        });
    }

    public static Task PipelinedAsync(string row, IWorker process, IWorker local, int calls, int atOnce, int runs)
    {
        var request = new WorkRequest { Operation = "echo", Json = new byte[100] };
        return CompareAsync(row, process, local, calls, runs, worker => Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            for (var i = 0; i < calls / atOnce; i++)
                (await worker.CallAsync(request, CancellationToken.None)).Dispose();
        })));
    }

    public static Task BigAsync(string row, IWorker process, IWorker local, int bytes, int calls, int runs)
    {
        var request = new WorkRequest { Operation = "big", Json = Encoding.UTF8.GetBytes(bytes.ToString(CultureInfo.InvariantCulture)) };
        return CompareAsync(row, process, local, calls, runs, async worker =>
        {
            for (var i = 0; i < calls; i++)
            {
                using var response = await worker.CallAsync(request, CancellationToken.None);
                if (response.Binaries[0].Length != bytes || response.Binaries[0].Span[^1] != 0x32)
                    throw new InvalidDataException("The answer is not the one that was asked for.");
            }
        });
    }

    private static async Task CompareAsync(string row, IWorker process, IWorker local, int calls, int runs, Func<IWorker, Task> run)
    {
        List<double> overSocket = [], inProcess = [];
        await run(process);
        await run(local);
        for (var i = 0; i < runs; i++)
        {
            overSocket.Add(await TimeAsync(process) / calls);
            inProcess.Add(await TimeAsync(local) / calls);
        }
        Console.WriteLine($"| {row} | {Format(overSocket)} | {Format(inProcess)} |");

        async Task<double> TimeAsync(IWorker worker)
        {
            var start = Stopwatch.GetTimestamp();
            await run(worker);
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
    }

    private static string Format(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2].ToString("F1", CultureInfo.InvariantCulture) + " us";
    }
}
