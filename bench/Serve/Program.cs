using ITwinOrleans.Serve.Bench;
using ITwinOrleans.Serve.Bench.Load;

// dotnet run -c Release --project bench/Serve [-- --quick] [--only rates,tiles,head,memory,cluster]      docs/benchmarks.md has more
if (args is ["answer-nothing"])
    return NothingServer.Run();
if (BenchOptions.TryParse(args, out BenchOptions? options))
    return await ServeBench.RunAsync(options);
Console.Error.WriteLine("Usage: ITwinOrleans.Serve.Bench [--quick] [--only PHASE,PHASE...] with phases rates, tiles, head, memory, cluster. docs/benchmarks.md says what they measure.");
return 2;
