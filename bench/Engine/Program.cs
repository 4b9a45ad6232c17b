using ITwinOrleans.Engine.Bench;

// dotnet run -c Release --project bench/Engine -- IMODEL [RUNS]      compares with Node, medians of RUNS (default 5) interleaved runs
// dotnet run -c Release --project bench/Engine -- measure IMODEL     measures this side once, a line of JSON per measure
if (args is ["measure", var file])
    return await Measurement.RunAsync(file);
if (args.Length is 1 or 2 && File.Exists(args[0]))
    return await Comparison.RunAsync(args[0], args.Length == 2 ? int.Parse(args[1]) : 5);
Console.Error.WriteLine("Usage: ITwinOrleans.Engine.Bench IMODEL [RUNS]. The iModel needs 20,000 elements: docs/benchmarks.md says how to make one.");
return 2;
