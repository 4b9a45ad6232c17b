using System.Diagnostics;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;
using static System.FormattableString;

namespace ITwinOrleans.Faults.Bench;

/// <summary>Viewers, editors and subscribers work at two Apis on iModels of three silos, one of which fails every 20 s.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private const int IModels = 6;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20), Outcome = TimeSpan.FromSeconds(10), Still = TimeSpan.FromSeconds(2.5), Rest = TimeSpan.FromMilliseconds(200);

    private readonly ClusterProcesses _cluster;
    private readonly Random _random;
    private readonly ClusterEditor[] _editors;
    private readonly ClusterViewer[] _viewers;
    private readonly ClusterSubscriber[] _subscribers;
    private readonly List<FaultResult> _results = [];

    private FaultRun(ClusterProcesses cluster, string[] keys, int seed)
    {
        _cluster = cluster;
        _random = new Random(seed);
        Uri[] apis = [.. cluster.Apis], turned = [.. cluster.Apis.Reverse()];
        _editors = [.. keys.Select((key, i) => new ClusterEditor(i % 2 == 0 ? apis : turned, key, $"editor{i}"))];
        _viewers = [.. keys.Select((key, i) => new ClusterViewer(turned[i % 2], key))];
        _subscribers = [.. keys.Select((key, i) => new ClusterSubscriber(i % 2 == 0 ? turned : apis, key))];
    }

    public static async Task<int> RunAsync(TimeSpan length, int seed)
    {
        string[] keys = [.. Enumerable.Range(1, IModels).Select(i => $"edit{i}.bim")];
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Path.Combine(PeerFiles.Data, "edit.bim"), keys);
        await using var run = new FaultRun(cluster, keys, seed);
        await run.StartAsync();
        long started = Stopwatch.GetTimestamp();
        for (int round = 0; Stopwatch.GetElapsedTime(started) < length; round++)
            await run.FailAsync((Fault)(round % 3));
        IReadOnlyList<string> faults = await run.EndAsync();
        run.Report(faults);
        return faults.Count == 0 ? 0 : 1;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable client in _editors.Cast<IAsyncDisposable>().Concat(_viewers).Concat(_subscribers))
            await client.DisposeAsync();
    }

    private async Task StartAsync()
    {
        await Task.WhenAll(_editors.Select(editor => editor.InsertAsync()));
        await Task.WhenAll(_subscribers.Select(subscriber => subscriber.StartAsync()));
        await Task.WhenAll(_viewers.Select(viewer => viewer.StartAsync()));
        foreach (ClusterEditor editor in _editors)
            editor.Start(Rest);
        await Task.Delay(Period / 2);
    }

    private async Task FailAsync(Fault fault)
    {
        long begun = Stopwatch.GetTimestamp();
        await WhenBalancedAsync();
        string silo = _cluster.Silos.ElementAt(_random.Next(_cluster.Silos.Count));
        Dictionary<string, (string Silo, long Epoch)> before = await OwnersAsync();
        int failures = _viewers.Sum(viewer => viewer.Failures.Count);
        ILookup<string, string> movedBefore = MovesBut(silo);
        (long failed, TimeSpan ending) = await ApplyAsync(fault, silo);
        await Task.Delay(Outcome);
        Dictionary<string, (string Silo, long Epoch)> after = await OwnersAsync();
        ILookup<string, string> movedAfter = MovesBut(silo);
        string[] reopened = [.. before.Where(owned => owned.Value.Silo != silo && after.TryGetValue(owned.Key, out var now) && now != owned.Value).Select(owned => owned.Key)];
        int moved = reopened.Count(key => movedAfter[key].Count() > movedBefore[key].Count());
        string[] lost = [.. before.Where(owned => owned.Value.Silo == silo).Select(owned => owned.Key)];
        var result = new FaultResult(
            fault, silo,
            [.. _viewers.Where(viewer => lost.Contains(viewer.Key)).Select(viewer => viewer.FirstAnswerAfter(failed))],
            [.. _editors.Where(editor => lost.Contains(editor.Key)).Select(editor => editor.FirstAcknowledgementAfter(failed))],
            _viewers.Sum(viewer => viewer.Failures.Count) - failures,
            reopened.Length - moved, moved, ending);
        _results.Add(result);
        Console.Error.WriteLine(result);
        await RestoreAsync(fault, silo);
        TimeSpan left = Period - Stopwatch.GetElapsedTime(begun);
        if (left > TimeSpan.Zero)
            await Task.Delay(left);
    }

    // The silo that came back gets its share: what moves on purpose is none of the next fault's doing.
    private async Task WhenBalancedAsync()
    {
        long started = Stopwatch.GetTimestamp();
        for (Dictionary<string, (string, long)> now = await OwnersAsync(), before = []; Stopwatch.GetElapsedTime(started) < Outcome; (before, now) = (now, await OwnersAsync()))
        {
            if (now.Count == before.Count && now.All(owned => before.TryGetValue(owned.Key, out (string, long) old) && old == owned.Value))
                return;
            await Task.Delay(Still);
        }
    }

    // Answers when it happened, and how long the silo took to end where it is told to.
    private async Task<(long Failed, TimeSpan Ending)> ApplyAsync(Fault fault, string silo)
    {
        switch (fault)
        {
            case Fault.Kill:
                _cluster.Silo(silo).Signal("KILL");
                long killed = Stopwatch.GetTimestamp();
                await _cluster.KillSiloAsync(silo);
                return (killed, default);
            case Fault.Stop:
                _cluster.Silo(silo).Signal("STOP");
                return (Stopwatch.GetTimestamp(), default);
            default:
                long told = Stopwatch.GetTimestamp();
                (int code, TimeSpan taken) = await _cluster.StopSiloAsync(silo);
                return code == 0 ? (told, taken) : throw new InvalidOperationException($"The silo {silo} ended with {code}.");
        }
    }

    private async Task RestoreAsync(Fault fault, string silo)
    {
        if (fault == Fault.Stop)
        {
            // It learns that it was given up, and ends by itself.
            _cluster.Silo(silo).Signal("CONT");
            await _cluster.Silo(silo).WhenEndedAsync(Period);
            await _cluster.KillSiloAsync(silo);
        }

        await _cluster.StartSiloAsync(silo);
    }

    private async Task<Dictionary<string, (string Silo, long Epoch)>> OwnersAsync() => (await _cluster.ViewAsync())["iModels"]!.AsArray()
        .Where(iModel => iModel!["epoch"] is not null)
        .ToDictionary(iModel => iModel!["key"]!.GetValue<string>(), iModel => (iModel!["silo"]!.GetValue<string>(), iModel!["epoch"]!.GetValue<long>()));

    // What the other silos said of moves, by iModel: the balance's own log.
    private ILookup<string, string> MovesBut(string failing) => _cluster.Silos.Where(silo => silo != failing).SelectMany(silo => _cluster.Silo(silo).Said.Split('\n'))
        .Select(line => (Line: line, Key: _editors.Select(editor => editor.Key).FirstOrDefault(key => line.Contains($"{key} moves from", StringComparison.Ordinal))))
        .Where(said => said.Key is not null)
        .ToLookup(said => said.Key!, said => said.Line);

    private async Task<IReadOnlyList<string>> EndAsync()
    {
        await Task.WhenAll(_editors.Select(editor => editor.StopAsync()));
        List<string> faults = [];
        for (int i = 0; i < _editors.Length; i++)
        {
            faults.AddRange(await ClusterHistory.FaultsAsync(_cluster.Apis[0], _editors[i].Key, _editors));
            await _subscribers[i].WhenAtAsync(_editors[i].Acknowledged.Values.Max(), Period);
            faults.AddRange(_subscribers[i].Faults);
            faults.AddRange(_editors[i].Acknowledged.Keys.Except(_subscribers[i].Operations).Select(operation => $"the feed has no {operation}"));
        }

        return faults;
    }

    private void Report(IReadOnlyList<string> faults)
    {
        Console.WriteLine(Invariant($"{_editors.Sum(editor => editor.Acknowledged.Count)} edits acknowledged and {_viewers.Sum(viewer => viewer.Reads)} reads answered of {IModels} iModels, {_results.Count} faults. Refusals that editors repeated: {string.Join(", ", _editors.SelectMany(editor => editor.Refusals).GroupBy(r => r.Key).Select(g => $"{g.Key} {g.Sum(r => r.Value)}"))}."));
        Console.WriteLine("| fault | times | first read answered after, median / worst s | first edit acknowledged after, median / worst s | failed reads | iModels of other silos reopened / moved by the balance | end of the silo, worst s |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (IGrouping<Fault, FaultResult> kind in _results.GroupBy(result => result.Fault))
        {
            Console.WriteLine(Invariant($"| {kind.Key} | {kind.Count()} | {FaultResult.Text(kind.SelectMany(result => result.Reads))} | {FaultResult.Text(kind.SelectMany(result => result.Edits))} | {kind.Sum(result => result.FailedReads)} | {kind.Sum(result => result.Others)} / {kind.Sum(result => result.Moved)} | {kind.Max(result => result.Ending.TotalSeconds):0.0} |"));
        }

        Console.WriteLine();
        Console.WriteLine(faults.Count == 0 ? "No edit was lost or doubled, no feed had a gap." : string.Join('\n', faults.Take(50)));
        foreach (string failure in _viewers.SelectMany(viewer => viewer.Failures).Distinct().Take(10))
            Console.WriteLine("A read failed: " + failure);
    }
}
