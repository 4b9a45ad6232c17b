using System.Diagnostics;
using System.Net.Sockets;
using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;
using Xunit.Abstractions;
using static ITwinOrleans.Worker.Tests.Support.RawFrames;

namespace ITwinOrleans.Worker.Tests.Protocol;

/// <summary>Malformed frames on a real socket with a real accept loop: no crash, no hang, no leak; what a frame does not break goes on working.</summary>
[Collection(SerialCollection.Name)]
public sealed class FrameFuzzTests(ITestOutputHelper output)
{
    private const int Frames = 1_000_000;
    private const int Clients = 2;
    private const ulong LastId = ulong.MaxValue;

    private static readonly ProtocolLimits Limits = new(MaxMessageBytes: 64 * 1024, MaxInFlight: 64, EventCredits: 8, MaxEventBytes: 1024);

    [Fact]
    [Trait("Category", "Fuzz")]
    public async Task Serving_aMillionMalformedFrames_neitherCrashesNorHangsNorLeaks()
    {
        var before = PooledBuffer.Outstanding;
        var clock = Stopwatch.StartNew();
        using var listener = new PrivateSocket(Path.GetTempPath());
        using var stop = new CancellationTokenSource();
        var accepting = AcceptAsync(listener, stop.Token);
        var totals = await Task.WhenAll(Enumerable.Range(0, Clients).Select(seed => Task.Run(() => AttackAsync(listener.Path, seed, Frames / Clients))));
        await stop.CancelAsync();
        await Wait.ForAsync(accepting, "all connections to end");
        output.WriteLine($"seeds 0 to {Clients - 1}: {totals.Sum(total => total.Frames)} malformed frames, {totals.Sum(total => total.Connections)} connections, {totals.Sum(total => total.Refused)} refusals, in {clock.Elapsed.TotalSeconds:F1} s");

        Assert.True(totals.Sum(total => total.Frames) >= Frames);
        Assert.True(totals.Sum(total => total.Refused) > Frames / 2);
        Assert.Equal(before, PooledBuffer.Outstanding);
    }

    [Fact]
    [Trait("Category", "Fuzz")]
    public async Task Calling_malformedFrames_endInAnAnswerOrAProtocolErrorAndNeverHang()
    {
        var before = PooledBuffer.Outstanding;
        var random = new Random(7);
        var answered = 0;
        for (var round = 0; round < 5_000; round++)
        {
            using var pair = await SocketPair.CreateAsync();
            var connection = new CallingConnection(pair.Owner, Limits, new OwnerBounds(10, 1_000_000, 1_000_000), 1, new EventQueue(8));
            var reading = connection.RunAsync();
            var call = connection.CallAsync(new WorkRequest { Operation = "echo" }, default);
            var frame = Frame(Response, 1, Message("", "", [1, 2, 3], [4], new byte[random.Next(100)]));
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                frame[random.Next(random.Next(2) == 0 ? 28 : frame.Length)] ^= (byte)(1 << random.Next(8));
            await pair.Worker.SendAllAsync(frame);
            pair.Worker.Shutdown(SocketShutdown.Send);
            try
            {
                await Wait.ForAsync(reading, "the connection to end");
            }
            catch (WorkerProtocolException)
            {
                // Most of them.
            }
            connection.Abandon(mayHaveRun => new WorkerLostException(WorkerLossReason.ProtocolBroken, mayHaveRun, "broken", 1));
            try
            {
                (await Wait.ForAsync(call, "the call")).Dispose();
                answered++;
            }
            catch (Exception e) when (e is WorkerException or OperationCanceledException)
            {
                // Lost, or failed with the error that a mutation made of its answer.
            }
        }
        output.WriteLine($"{answered} of 5000 mutated answers were still answers");
        Assert.Equal(before, PooledBuffer.Outstanding);
    }

    private static async Task AcceptAsync(PrivateSocket listener, CancellationToken stop)
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptAsync(stop)));
                if (serving.Count > 1000)
                    serving.RemoveAll(task => task.IsCompletedSuccessfully);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private static async Task ServeAsync(Socket socket)
    {
        try
        {
            await new ServingConnection(socket, Limits).RunAsync((_, _) => ValueTask.FromResult<IWorkHandler>(new Echo()), () => { }, default);
        }
        catch (WorkerProtocolException)
        {
            // What a broken frame is to end in.
        }
    }

    private static async Task<(int Frames, int Connections, int Refused)> AttackAsync(string path, int seed, int frames)
    {
        var fuzzer = new FrameFuzzer(seed, Limits);
        var (sent, connections, refused) = (0, 0, 0);
        while (sent < frames)
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
            connections++;
            Assert.Equal(Ready, (await socket.ReadFrameAsync())!.Value.Kind);
            var (bytes, count, breaks) = fuzzer.NextStream();
            sent += count;
            // Whether it goes on working after frames that break nothing is shown by the last one.
            if (!breaks)
                bytes.Write(Frame(Request, LastId, Message("echo", "", "[7]"u8.ToArray())));
            var reading = ReadToEndAsync(socket, stopAtLast: !breaks);
            try
            {
                await SendInPiecesAsync(socket, bytes.ToArray(), fuzzer.Random);
                if (breaks)
                    socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException) when (breaks)
            {
                // It has been thrown out already.
            }
            var (errors, last) = await Wait.ForAsync(reading, "the worker's answers or the end of the connection");
            if (!breaks)
            {
                Assert.True(last, "A connection with nothing but refused requests did not go on working.");
                Assert.Equal(count, errors);
            }
            refused += errors;
        }
        return (sent, connections, refused);
    }

    private static async Task SendInPiecesAsync(Socket socket, byte[] bytes, Random random)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            var piece = Math.Min(bytes.Length - sent, random.Next(4) == 0 ? random.Next(1, 100) : 32 * 1024);
            sent += await socket.SendAsync(bytes.AsMemory(sent, piece));
        }
    }

    private static async Task<(int Errors, bool Last)> ReadToEndAsync(Socket socket, bool stopAtLast)
    {
        var buffer = new byte[64 * 1024];
        var (filled, errors) = (0, 0);
        while (true)
        {
            int read;
            try
            {
                read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            }
            catch (SocketException)
            {
                return (errors, false);
            }
            if (read == 0)
                return (errors, false);
            filled += read;
            var start = 0;
            for (; filled - start >= FrameHeader.Size; start += FrameHeader.Size + (int)FrameHeader.Read(buffer.AsSpan(start)).Length)
            {
                var header = FrameHeader.Read(buffer.AsSpan(start));
                if (filled - start < FrameHeader.Size + header.Length)
                    break;
                if (header is { Kind: FrameKind.Error, Id: LastId })
                    return (errors, false);
                if (header.Kind == FrameKind.Error)
                    errors++;
                if (stopAtLast && header is { Kind: FrameKind.Response, Id: LastId })
                    return (errors, true);
            }
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
        }
    }

    private sealed class Echo : IWorkHandler
    {
        public ValueTask<WorkResponse> RunAsync(WorkRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new WorkResponse { Json = request.Json });

        public ValueTask HeartbeatAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
