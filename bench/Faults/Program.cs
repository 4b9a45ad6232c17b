using System.Globalization;
using ITwinOrleans.Faults.Bench;

// dotnet run -c Release --project bench/Faults [-- MINUTES [SEED]]      silos fail
// dotnet run -c Release --project bench/Faults -- join                 a silo joins             docs/benchmarks.md has more
if (args is ["join"])
    return await JoinRun.RunAsync();
int minutes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
return await FaultRun.RunAsync(TimeSpan.FromMinutes(minutes), seed);
