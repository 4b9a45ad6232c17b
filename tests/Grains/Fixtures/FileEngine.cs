using System.Collections.Concurrent;
using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>
/// A worker's handler over files of JSON: speaks <see cref="IModelWork"/> to the letter, with operations that a test can hold, count and break.
/// What one process of a worker keeps is one of these; its neighbours share an <see cref="EngineLog"/>.
/// </summary>
public sealed class FileEngine(EngineLog log) : IWorkHandler
{
    private readonly ConcurrentDictionary<string, string> _open = new();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ValueTask HeartbeatAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask<WorkResponse> RunAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return request.Operation switch
        {
            IModelWork.Open => await OpenAsync(JsonSerializer.Deserialize(request.Json.Span, IModelWorkJson.Default.OpenWork)!, cancellationToken),
            IModelWork.Describe => await DescribeAsync(JsonSerializer.Deserialize(request.Json.Span, IModelWorkJson.Default.DescribeWork)!, cancellationToken),
            IModelWork.Close => Close(JsonSerializer.Deserialize(request.Json.Span, IModelWorkJson.Default.HandleWork)!),
            IModelWork.Invoke => ReplyCodec.ToResponse(await InvokeAsync(
                JsonSerializer.Deserialize(request.Binaries[0].Span, IModelWorkJson.Default.InvokeHeader)!, request, cancellationToken)),
            _ => throw new WorkFailedException(IModelWork.BadWorkError, request.Operation),
        };
    }

    private async Task<WorkResponse> OpenAsync(OpenWork work, CancellationToken cancellationToken)
    {
        log.Opening(work.Key);
        await log.OpenGate.WaitAsync(cancellationToken);
        var props = Read(work.Path);
        _open[work.Handle] = JsonDocument.Parse(props).RootElement.GetProperty("name").GetString()!;
        log.Opened(work.Key);
        return new WorkResponse { Json = props };
    }

    private async Task<WorkResponse> DescribeAsync(DescribeWork work, CancellationToken cancellationToken)
    {
        log.Described(work.Key);
        if (work.Key == log.SlowFile)
            await log.DescribeGate.WaitAsync(cancellationToken);
        if (log.DescribeFault?.Invoke(work.Key) is { } fault)
            throw fault;
        return new WorkResponse { Json = Read(work.Path) };
    }

    private WorkResponse Close(HandleWork work)
    {
        if (_open.TryRemove(work.Handle, out _))
            log.Closed(work.Handle.Split('#')[0]);
        return new WorkResponse();
    }

    private async Task<RpcReply> InvokeAsync(InvokeHeader header, WorkRequest request, CancellationToken cancellationToken)
    {
        var name = "";
        if (header.Handle.Length > 0 && !_open.TryGetValue(header.Handle, out name))
            throw new WorkFailedException(IModelWork.NotOpenError, "Not open.");
        log.Invoked(header.Operation);
        switch (header.Operation)
        {
            case "getElementProps": // answers its parameters, as they came
                return new RpcReply { Status = RpcStatus.Resolved, Json = request.Json, Binaries = [.. request.Binaries.Skip(1)], Owner = log.NewPayload() };
            case "getConnectionProps": // answers the name that the file had when it was opened
                return new RpcReply { Status = RpcStatus.Resolved, Json = JsonSerializer.SerializeToUtf8Bytes(name), Owner = log.NewPayload() };
            case "queryRows" or "insertElement": // waits until the test lets it go on
                await log.Hold.WaitAsync(cancellationToken);
                return new RpcReply { Status = RpcStatus.Resolved, Json = "\"held\""u8.ToArray(), Owner = log.NewPayload() };
            case "getModelProps":
                return new RpcReply { Status = RpcStatus.Rejected, Error = new RpcError("Not Found", "element not found", 65574) { Properties = "{\"a\":1}"u8.ToArray() } };
            default:
                throw new InvalidOperationException("unforeseen, in /secret/place");
        }
    }

    private static byte[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return bytes;
        }
        catch (JsonException)
        {
            throw new WorkFailedException(
                "BE_SQLITE_NOTADB", $"{path} is not a database", ReplyCodec.ToJson(new RpcError("BE_SQLITE_NOTADB", "not a database", 26)));
        }
    }
}
