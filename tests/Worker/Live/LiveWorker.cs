using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Worker.Tests.Live;

/// <summary>A real worker process with a live iModel open in it.</summary>
internal sealed class LiveWorker : IAsyncDisposable
{
    private const string Handle = "live";

    private readonly WorkerProcess _process = new("live", new WorkerOptions(), NullLogger<WorkerProcess>.Instance, TimeProvider.System);
    private readonly long _epoch;

    private LiveWorker(long epoch) => _epoch = epoch;

    public static LiveUser User { get; } = new("ann", "Ann");

    /// <summary>Opens a file in a new process; gives the state that it is at.</summary>
    public static async Task<(LiveWorker Worker, LiveState State)> OpenAsync(string path, long epoch)
    {
        var worker = new LiveWorker(epoch);
        var open = new OpenWork(Handle, "key", path, new OpenForWriting(epoch, "test"));
        using WorkResponse props = await worker.CallAsync(IModelWork.Open, JsonSerializer.SerializeToUtf8Bytes(open, IModelWorkJson.Default.OpenWork));
        return (worker, JsonNode.Parse(props.Json.Span)!["live"].Deserialize(LiveJson.Default.LiveState));
    }

    /// <summary>Commits operations, a JSON array.</summary>
    public async Task<JsonNode> WriteAsync(string operationId, string operations)
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new WriteHeader(Handle, _epoch, "session", User), IModelWorkJson.Default.WriteHeader);
        byte[] transaction = Encoding.UTF8.GetBytes($$"""{"operationId":"{{operationId}}","operations":{{operations}}}""");
        using WorkResponse answer = await CallAsync(IModelWork.Write, transaction, header);
        return JsonNode.Parse(answer.Json.Span)!;
    }

    public async Task<JsonNode> UndoAsync(string operationId)
    {
        var undo = new UndoWork(Handle, _epoch, "session", User, operationId);
        using WorkResponse answer = await CallAsync(IModelWork.Undo, JsonSerializer.SerializeToUtf8Bytes(undo, IModelWorkJson.Default.UndoWork));
        return JsonNode.Parse(answer.Json.Span)!;
    }

    public async Task<JsonNode> NameVersionAsync(string name)
    {
        var version = new NameVersionWork(Handle, _epoch, User, name);
        using WorkResponse answer = await CallAsync(IModelWork.NameVersion, JsonSerializer.SerializeToUtf8Bytes(version, IModelWorkJson.Default.NameVersionWork));
        return JsonNode.Parse(answer.Json.Span)!;
    }

    public async Task<(LiveFeedHead Head, List<JsonNode> Records)> ReadFeedAsync(LiveState after)
    {
        var feed = new ReadFeedWork(Handle, after, 4000, 64 * 1024 * 1024);
        using WorkResponse answer = await CallAsync(IModelWork.ReadFeed, JsonSerializer.SerializeToUtf8Bytes(feed, IModelWorkJson.Default.ReadFeedWork));
        return (JsonSerializer.Deserialize(answer.Json.Span, LiveJson.Default.LiveFeedHead)!, [.. answer.Binaries.Select(static record => JsonNode.Parse(record.Span)!)]);
    }

    public Task<WorkResponse> CallAsync(string operation, byte[] json, params ReadOnlyMemory<byte>[] binaries) =>
        Wait.ForAsync(_process.CallAsync(new WorkRequest { Operation = operation, Json = json, Binaries = binaries }, CancellationToken.None), operation);

    /// <summary>Ends the process as a power failure of its own would.</summary>
    public void Kill() => Signals.Send(_process.ProcessId!.Value, Signals.Kill);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
