using ITwinOrleans.Worker.Bench;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.TestWorker;
using Microsoft.Extensions.Logging.Abstractions;

// What a call costs over the socket against in-process: medians of runs, no engine behind it.
var runs = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 7;
var options = new WorkerOptions { Program = Path.Combine(AppContext.BaseDirectory, "ITwinOrleans.Worker.TestWorker") };
if (args.Contains("--inline-completions"))
    options.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
await using var process = new WorkerProcess("bench", options, NullLogger<WorkerProcess>.Instance, TimeProvider.System);
await using var local = new InProcessWorker("bench", (events, _) => TestHandler.CreateAsync(events, []), options, NullLogger<InProcessWorker>.Instance);

Console.WriteLine($"{Environment.ProcessorCount} cores, {runs} runs, medians");
Console.WriteLine("| call | over the socket | in-process |");
Console.WriteLine("|---|---|---|");
await CallBench.RoundTripAsync("echo 100 B, one at a time", process, local, bytes: 100, calls: 5_000, runs);
await CallBench.RoundTripAsync("echo 64 KB, one at a time", process, local, bytes: 64 * 1024, calls: 2_000, runs);
await CallBench.PipelinedAsync("echo 100 B, 256 at a time", process, local, calls: 50_000, atOnce: 256, runs);
await CallBench.PipelinedAsync("echo 100 B, 10,000 at a time", process, local, calls: 50_000, atOnce: 10_000, runs);
await CallBench.BigAsync("result of 1 MB", process, local, bytes: 1024 * 1024, calls: 100, runs);
await CallBench.BigAsync("result of 100 MB", process, local, bytes: 100 * 1024 * 1024, calls: 3, runs);
await CallBench.BigAsync("result of 500 MB", process, local, bytes: 500 * 1024 * 1024, calls: 1, Math.Min(runs, 3));
