using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Serve.Bench.Report;
using ITwinOrleans.Serve.Bench.Servers;
using static System.FormattableString;

namespace ITwinOrleans.Serve.Bench.Phases;

/// <summary>While one client asks for 20,000 elements of one iModel at once, another asks for a few of other iModels, again and again.</summary>
internal sealed class HeadOfLinePhase(BenchOptions options, ReportTable table)
{
    private const double GoalMilliseconds = 10;

    /// <summary>Several others, asked in turn: one may share the busy iModel's worker, another not.</summary>
    private static readonly string[] Others = ["b1.bim", "b2.bim", "b3.bim", "b4.bim"];

    public async Task RunAsync()
    {
        var files = Others.ToDictionary(name => name, _ => BenchFiles.Test);
        files["a.bim"] = BenchFiles.Large();
        var busy = new List<Sample>[] { [], [] };
        var loads = new List<double>[] { [], [] };
        ServerKind[] kinds = [ServerKind.Ours, ServerKind.Peer];
        await using ServerProcess ours = await ServerProcess.StartAsync(ServerKind.Ours, files), peer = await ServerProcess.StartAsync(ServerKind.Peer, files);
        long started = Stopwatch.GetTimestamp();
        int round = 0;
        for (; round < options.Rounds && (round == 0 || Stopwatch.GetElapsedTime(started) < options.PhaseLimit); round++)
        {
            for (int side = 0; side < kinds.Length; side++)
            {
                Console.Error.WriteLine($"head of line, round {round + 1}, {kinds[side].Name}");
                (Sample sample, double load) = Measure(side == 0 ? ours.Port : peer.Port);
                busy[side].Add(sample);
                loads[side].Add(load);
            }
        }

        Sample our = Sample.Median(busy[0]), other = Sample.Median(busy[1]);
        table.Add(new ReportRow(
            Invariant($"getElementProps of 4 other iModels while {BenchFiles.Elements} are asked of one, p99 ms (p50, answers)"), Text(our), Text(other),
            Invariant($"{our.P99 / other.P99:0.0000}"), Invariant($"ours < {GoalMilliseconds:0} ms"), our.P99 < GoalMilliseconds, round));
        double ourLoad = Sample.Middle(loads[0]), otherLoad = Sample.Middle(loads[1]);
        table.Add(new ReportRow(
            Invariant($"the {BenchFiles.Elements} element props meanwhile, s"), Invariant($"{ourLoad:0.00}"), Invariant($"{otherLoad:0.00}"),
            Invariant($"{ourLoad / otherLoad:0.00}"), "", null, round));
    }

    private static (Sample Sample, double LoadSeconds) Measure(int port)
    {
        OpenIModel a = OpenIModel.Open(port, "a.bim");
        byte[] all = RpcOperations.ElementProps(new RpcRequests(a, Brotli: false), Ids(port, a, BenchFiles.Elements));
        byte[][] few = [.. Others.Select(name => OpenIModel.Open(port, name)).Select(b => RpcOperations.ElementProps(new RpcRequests(b, Brotli: false), Ids(port, b, 10)))];
        LoadRun.For(port, 1, [few], TimeSpan.FromSeconds(0.5));

        using var asking = new ManualResetEventSlim();
        int answered = 0;
        double loadSeconds = 0;
        Exception? failure = null;
        var load = new Thread(() =>
        {
            try
            {
                using Connection connection = new Connection(port).Open();
                using var body = new MemoryStream();
                asking.Set();
                long begun = Stopwatch.GetTimestamp();
                int status = connection.Send(all, body);
                loadSeconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
                body.Position = 0;
                Volatile.Write(ref answered, 1);
                if (status != 200 || JsonDocument.Parse(body).RootElement.GetArrayLength() != BenchFiles.Elements)
                    throw new InvalidDataException($"Status {status} and {body.Length} bytes to {BenchFiles.Elements} element props.");
            }
            catch (Exception exception)
            {
                failure = exception;
                Volatile.Write(ref answered, 1);
                asking.Set();
            }
        });
        load.Start();
        asking.Wait();
        Sample sample = AskUntil(port, few, () => Volatile.Read(ref answered) == 1);
        load.Join();
        return failure is null ? (sample, loadSeconds) : throw new InvalidOperationException(failure.Message, failure);
    }

    private static Sample AskUntil(int port, byte[][] requests, Func<bool> isOver)
    {
        using Connection connection = new Connection(port).Open();
        var times = new List<double>();
        long started = Stopwatch.GetTimestamp();
        for (int next = 0; !isOver(); next++)
        {
            long begun = Stopwatch.GetTimestamp();
            int status = SendAgainIfClosed(connection, requests[next % requests.Length]);
            if (status != 200)
                throw new InvalidDataException($"Status {status} to getElementProps.");
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return Sample.Of(times, Stopwatch.GetElapsedTime(started), TimeSpan.Zero);
    }

    /// <summary>Node.js closes connections that were silent for long, even when that was its own doing; a browser then asks again, and so does this.</summary>
    private static int SendAgainIfClosed(Connection connection, byte[] request)
    {
        try
        {
            return connection.Send(request);
        }
        catch (Exception exception) when (exception is SocketException or EndOfStreamException)
        {
            connection.Close();
            return connection.Send(request);
        }
    }

    private static string[] Ids(int port, OpenIModel iModel, int count)
    {
        var ids = new List<string>();
        var requests = new RpcRequests(iModel, Brotli: false);
        while (ids.Count < count)
        {
            string query = Invariant($$$"""{"rowFormat":1,"kind":1,"query":"SELECT ECInstanceId FROM bis.GeometricElement3d ORDER BY ECInstanceId","args":{},"limit":{"offset":{{{ids.Count}}},"count":{{{count - ids.Count}}}}}""");
            JsonElement rows = OpenIModel.Ask(port, requests.Post("IModelReadRpcInterface-3.7.0-queryRows", query)).GetProperty("data");
            ids.AddRange(rows.EnumerateArray().Select(row => row[0].GetString()!));
            if (rows.GetArrayLength() == 0)
                break;
        }

        return ids.Count > 0 && (count < 1000 || ids.Count == count) ? [.. ids] : throw new InvalidOperationException($"{iModel.Key} has {ids.Count} elements, not {count}.");
    }

    private static string Text(Sample sample) => Invariant($"{sample.P99:0.0} ({sample.P50:0.00}, {sample.Count})");
}
