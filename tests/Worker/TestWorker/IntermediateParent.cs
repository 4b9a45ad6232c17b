using System.Globalization;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Worker.TestWorker;

/// <summary>Starts a worker, prints its process id and then only waits: tests kill it and look whether the worker follows.</summary>
internal static class IntermediateParent
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new WorkerOptions { Program = Environment.ProcessPath!, SocketDirectory = args[0] };
        await using var worker = new WorkerProcess("child", options, NullLogger<WorkerProcess>.Instance, TimeProvider.System);
        using (await worker.CallAsync(new WorkRequest { Operation = "pid" }, CancellationToken.None))
            Console.WriteLine(worker.ProcessId!.Value.ToString(CultureInfo.InvariantCulture));
        if (args.Contains("--busy"))
            await worker.CallAsync(new WorkRequest { Operation = "wait", Json = "1"u8.ToArray() }, CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
