using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.TestWorker;

/// <summary>Work that behaves well, and in every way in which real work misbehaves. A number is passed as the request's JSON.</summary>
public sealed class TestHandler(IWorkEvents events) : IWorkHandler
{
    private static readonly List<byte[]> Hoard = [];

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private volatile bool _isHung;
    private long _cancelled;

    public static async ValueTask<IWorkHandler> CreateAsync(IWorkEvents events, string[] args)
    {
        if (args.Contains("--fail-start"))
            throw new InvalidOperationException("the engine is missing");
        if (args.Contains("--hang-start"))
            await Task.Delay(Timeout.Infinite);
        return new TestHandler(events);
    }

    public async ValueTask<WorkResponse> RunAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        switch (request.Operation)
        {
            case "echo":
                return new WorkResponse { Json = request.Json, Binaries = request.Binaries };
            case "yield":
                await Task.Yield();
                return new WorkResponse { Json = request.Json };
            case "correlation":
                return Text(request.CorrelationId);
            case "pid":
                return Number(Environment.ProcessId);
            case "token":
                return Text(Environment.GetEnvironmentVariable("ITWINORLEANS_WORKER_TOKEN") ?? "none");
            case "big":
                var block = new NativeBlock((int)Argument(request));
                return new WorkResponse { Json = "1"u8.ToArray(), Binaries = [block.Memory], Owner = block };
            case "outstanding":
                return Text($"{NativeBlock.Outstanding},{NativeBlock.ReleasedTwice}");
            case "cancelled":
                return Number(Interlocked.Read(ref _cancelled));
            case "wait":
                return await WaitAsync(request, cancellationToken);
            case "release":
                Gate(request).TrySetResult();
                return new WorkResponse();
            case "cancel-releases":
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Gate(request).TrySetResult();
                throw new OperationCanceledException(cancellationToken);
            case "emit":
                return await EmitAsync(Argument(request), cancellationToken);
            case "fail":
                throw new WorkFailedException("NotFound", "The element is not there.", "{\"id\":\"0x1\"}"u8.ToArray());
            case "fail-at-length":
                var length = (int)Argument(request);
                throw new WorkFailedException(new string('n', length), new string('m', length), new byte[length]);
            case "bug":
                throw new InvalidDataException("unexpected");
            default:
                return await MisbehaveAsync(request);
        }
    }

    public async ValueTask HeartbeatAsync(CancellationToken cancellationToken)
    {
        if (_isHung)
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Console.Error.WriteLine("handler disposed");
        return ValueTask.CompletedTask;
    }

    private static long Argument(WorkRequest request) => long.Parse(request.Json.Span, CultureInfo.InvariantCulture);

    private static WorkResponse Text(string text) => new() { Json = Encoding.UTF8.GetBytes(text) };

    private static WorkResponse Number(long number) => Text(number.ToString(CultureInfo.InvariantCulture));

    private TaskCompletionSource Gate(WorkRequest request) => _gates.GetOrAdd(
        Encoding.UTF8.GetString(request.Json.Span), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    // Until "release" with the same name. Tells with an event that it runs.
    private async ValueTask<WorkResponse> WaitAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        await events.PublishAsync(new WorkEvent { Topic = "waiting", Json = request.Json }, cancellationToken);
        try
        {
            await Gate(request).Task.WaitAsync(cancellationToken);
            return new WorkResponse { Json = request.Json };
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            await events.PublishAsync(new WorkEvent { Topic = "cancelled", Json = request.Json }, CancellationToken.None);
            throw;
        }
    }

    private async ValueTask<WorkResponse> EmitAsync(long count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
            await events.PublishAsync(new WorkEvent { Topic = "tick", Json = Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)) }, cancellationToken);
        return new WorkResponse();
    }

    private async ValueTask<WorkResponse> MisbehaveAsync(WorkRequest request)
    {
        switch (request.Operation)
        {
            case "exit":
                Console.Error.WriteLine("about to exit");
                Environment.Exit((int)Argument(request));
                break;
            case "failfast":
                Environment.FailFast("failed fast");
                break;
            case "abort":
                Libc.Abort();
                break;
            case "segv":
                Libc.StringLength(16);
                break;
            case "hang-engine":
                _isHung = true;
                return new WorkResponse();
            case "hoard":
                await HoardAsync(Argument(request));
                break;
            default:
                throw new WorkFailedException("UnknownOperation", $"There is no operation '{request.Operation}'.");
        }
        await Task.Delay(Timeout.Infinite);
        throw new InvalidOperationException("unreachable");
    }

    // Megabytes of touched memory, kept.
    private static Task HoardAsync(long megabytes)
    {
        for (var i = 0; i < megabytes; i++)
        {
            var block = GC.AllocateUninitializedArray<byte>(1024 * 1024);
            Array.Fill(block, (byte)1);
            lock (Hoard)
                Hoard.Add(block);
        }
        return Task.CompletedTask;
    }
}
