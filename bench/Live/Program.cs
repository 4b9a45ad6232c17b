using System.Globalization;
using ITwinOrleans.Live.Bench;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

// dotnet run -c Release --project bench/Live [-- SECONDS]      docs/benchmarks.md has more
if (args.Length > 1 || (args.Length == 1 && !int.TryParse(args[0], out _)))
{
    Console.Error.WriteLine("Usage: ITwinOrleans.Live.Bench [SECONDS]: how long each run takes, 60 if not said.");
    return 2;
}

var time = TimeSpan.FromSeconds(args.Length == 1 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60);
string source = Path.Combine(PeerFiles.Data, "edit.bim");
string[] keys = [.. Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"live-{i:00}.bim"))];
Console.WriteLine("| run | commits/s | commit, p50 / p99 ms | received | commit to received, p50 / p99 ms |");
Console.WriteLine("|---|---|---|---|---|");
await RunAsync("100 commits/s by 50 writers, 500 subscribers, one iModel", 1, 50, 500, 100);
await RunAsync("as many as 50 writers can, no subscriber but one", 1, 50, 1, 0);
await RunAsync("as many as 50 writers can, 500 subscribers, one iModel", 1, 50, 500, 0);
await RunAsync("100 commits/s by 40 writers, 400 subscribers, 20 iModels", 20, 40, 400, 100);
return 0;

async Task RunAsync(string name, int iModels, int writers, int subscribers, double rate)
{
    await using RunningServer server = await RunningServer.StartAsync(
        new ServerFolder(keys.Take(iModels).ToDictionary(key => key, _ => source)), (port, folder) => ApiProgram.Command(port, folder), ApiProgram.Announcement, TimeSpan.FromSeconds(90));
    Console.WriteLine(await new LiveRun(server.Port, keys[..iModels], writers, subscribers, rate, time).RunAsync(name));
}
