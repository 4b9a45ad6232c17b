using System.Diagnostics;
using System.Globalization;

namespace ITwinOrleans.Live.Bench;

/// <summary>Writers and subscribers on some iModels for a time.</summary>
/// <param name="Port">The server's.</param>
/// <param name="Keys">The iModels.</param>
/// <param name="Writers">The writers, spread over the iModels.</param>
/// <param name="Subscribers">The subscribers, spread over the iModels.</param>
/// <param name="Rate">The commits a second of all writers; 0 for as many as they can.</param>
/// <param name="Time">How long.</param>
internal sealed record LiveRun(int Port, string[] Keys, int Writers, int Subscribers, double Rate, TimeSpan Time)
{
    private const int DropsPerSecond = 5;

    // What a server that has just been started compiles for the first time is not measured.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    private readonly Latencies _received = new(), _answered = new();
    private readonly Random _random = new(1);

    /// <summary>Runs it and gives a row of the table.</summary>
    /// <exception cref="InvalidOperationException">A subscriber missed a commit, or got one twice or out of order.</exception>
    public async Task<string> RunAsync(string name)
    {
        var subscribers = new List<Subscriber>();
        for (int i = 0; i < Subscribers; i++)
        {
            var subscriber = new Subscriber(Port, Keys[i % Keys.Length], _received);
            await subscriber.ConnectAsync();
            subscribers.Add(subscriber);
        }

        using var end = new CancellationTokenSource(WarmUp + Time);
        Task drops = DropAsync(subscribers, end.Token);
        Task<Dictionary<string, long>[]> writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(i => WriteAsync(i, end.Token)));
        await Task.Delay(WarmUp);
        _received.Clear();
        _answered.Clear();
        long began = Stopwatch.GetTimestamp();
        Dictionary<string, long>[] written = await writing;
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        await drops;
        foreach ((string key, long newest) in written.SelectMany(one => one).GroupBy(one => one.Key, (key, all) => (key, all.Max(one => one.Value))))
            await WhenReceivedAsync([.. subscribers.Where((_, i) => Keys[i % Keys.Length] == key)], newest);
        foreach (Subscriber subscriber in subscribers)
        {
            if (subscriber.Fault is { } fault)
                throw new InvalidOperationException(fault);
            await subscriber.DisposeAsync();
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {_answered.Count / took.TotalSeconds:0} | {_answered.At(0.5):0.0} / {_answered.At(0.99):0.0} | {_received.Count} | {_received.At(0.5):0.0} / {_received.At(0.99):0.0} |");
    }

    private static async Task WhenReceivedAsync(IReadOnlyList<Subscriber> subscribers, long newest)
    {
        long began = Stopwatch.GetTimestamp();
        while (subscribers.FirstOrDefault(one => one.Sequence < newest && one.Fault is null) is { } late)
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException($"A subscriber has commit {late.Sequence}, not {newest}.");
            await Task.Delay(20);
        }
    }

    // Connections break now and then, and come back from where they were.
    private async Task DropAsync(List<Subscriber> subscribers, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(1000 / DropsPerSecond, CancellationToken.None);
            Subscriber one = subscribers[_random.Next(subscribers.Count)];
            await one.DisposeAsync();
            await one.ConnectAsync();
        }
    }

    private async Task<Dictionary<string, long>> WriteAsync(int index, CancellationToken end)
    {
        string key = Keys[index % Keys.Length];
        await using HubSocket socket = await HubSocket.ConnectAsync(Port, static _ => { });
        await socket.CallAsync("Open", $$"""{"key":"{{key}}","person":{"name":"w","color":"#000"} }""");
        TimeSpan period = Rate > 0 ? TimeSpan.FromSeconds(Writers / Rate) : TimeSpan.Zero;
        long began = Stopwatch.GetTimestamp(), newest = 0;
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            TimeSpan wait = (period * (i + ((double)index / Writers))) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, CancellationToken.None);
            long sent = Stopwatch.GetTimestamp();
            var result = await socket.CallAsync("Transact", $$$"""
                "{{{key}}}",{"operationId":"{{{Guid.NewGuid():N}}}","description":"bench","operations":[{"action":"insert","entity":"element","props":{"classFullName":"Generic:PhysicalObject",
                "model":"0x1e","category":"0x17","code":{"spec":"0x1","scope":"0x1","value":""},"placement":{"origin":[{{{i}}},{{{index}}},3],"angles":{}},
                "geom":[{"header":{"flags":0}},{"sphere":{"center":[0,0,0],"radius":1}}]}}]}
                """);
            if (!result.TryGetProperty("sequence", out var sequence))
                throw new InvalidOperationException(result.GetRawText());
            _answered.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            newest = sequence.GetInt64();
        }

        return new() { [key] = newest };
    }
}
