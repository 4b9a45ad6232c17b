using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Tests.Support;

/// <summary>
/// The seam's implementation in memory: one iModel, opened by file key, whose operations read their parameters and answer like the ones of a
/// real backend as far as the protocol goes (kinds of results, errors and control replies).
/// </summary>
internal sealed class MemoryRouter : IRpcRouter
{
    public const string FileKey = "test.bim";
    private readonly ConcurrentDictionary<string, bool> _pendingTrees = new();
    private readonly ConcurrentBag<TrackedOwner> _owners = [];

    /// <summary>Whether results are of a fixed version.</summary>
    public RpcFreshness Freshness { get; set; } = RpcFreshness.Fixed;

    /// <summary>What a call waits for before it runs.</summary>
    public Func<RpcCall, CancellationToken, Task> Gate { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The calls, in the order of their arrival.</summary>
    public ConcurrentQueue<(RpcCall Call, RpcTarget Target)> Calls { get; } = new();

    /// <summary>The replies whose memory was not given back.</summary>
    public int UnreleasedReplies => _owners.Count(owner => !owner.IsDisposed);

    /// <summary>The size of the text of the operation <c>readFontJson</c>.</summary>
    public int FontJsonSize { get; set; } = 100;

    /// <summary>The bytes of a tile.</summary>
    public byte[] Tile { get; set; } = [.. "iMdl"u8, .. Enumerable.Range(0, 4000).Select(i => (byte)(i * i))];

    public async ValueTask<RpcReply> InvokeAsync(RpcCall call, RpcTarget target, CancellationToken cancellationToken)
    {
        Calls.Enqueue((call, target));
        await Gate(call, cancellationToken).WaitAsync(cancellationToken);
        JsonElement[] parameters;
        try
        {
            using JsonDocument document = JsonDocument.Parse(call.Parameters);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return Error("Error", "The parameters are no array.", 32768);
            parameters = [.. document.RootElement.EnumerateArray().Select(element => element.Clone())];
        }
        catch (JsonException)
        {
            return Error("Error", $"Invalid JSON: \"{Encoding.UTF8.GetString(call.Parameters.Span)}\"", 32768);
        }

        return call.Operation switch
        {
            "openRemote" => IsOpen(parameters) ? Text(ConnectionProps) : new RpcReply { Status = RpcStatus.NotFound },
            "queryVersionInfo" => Text("""{"formatVersion":2424832}"""),
            "ping" => Text("true"),
            _ when !IsOpen(parameters) => new RpcReply { Status = RpcStatus.NotFound },
            _ => Invoke(call, parameters),
        };
    }

    private const string ConnectionProps = """{"name":"test","rootSubject":{"name":"test"},"key":"test.bim","changeset":{"id":"","index":0}}""";

    private RpcReply Invoke(RpcCall call, JsonElement[] parameters) => call.Operation switch
    {
        "getConnectionProps" => Text(ConnectionProps),
        "getDefaultViewId" => Text("\"0\""),
        "getElementProps" => parameters[1][0].GetString() == "0x1"
            ? Text("""[{"id":"0x1","classFullName":"BisCore:Subject"}]""")
            : Error("Not Found", $"element not found", 65574),
        "getClassHierarchy" => parameters[1].GetString() == "BisCore:Element"
            ? Text("""["BisCore:Element"]""")
            : Error("Bad Arg", $"Invalid classFullName: {parameters[1].GetString()}", 65539),
        "getToolTipMessage" => Error("TypeError", "id.startsWith is not a function", 0),
        "readFontJson" => Text("\"" + new string('f', FontJsonSize - 2) + "\""),
        "getViewThumbnail" => new RpcReply { Status = RpcStatus.NoContent },
        "requestElementGraphics" => Error("Bad Request", "Unknown major format version", 65542),
        "getTileCacheConfig" => new RpcReply { Status = RpcStatus.Resolved },
        "requestTileTreeProps" => _pendingTrees.TryAdd(parameters[1].GetString()!, true) ? new RpcReply { Status = RpcStatus.Pending } : Text("""{"id":"tree"}"""),
        "generateTileContent" => Text("0"),
        "retrieveTileContent" => Binary(default, Tile),
        "queryRows" => Text("""{"kind":1,"error":"ECSQL compile error","status":101,"rowCount":0,"data":[]}"""),
        "queryBlob" => Binary("""{"kind":2,"data":{"isBinary":true,"index":0,"size":3,"chunks":1},"status":1}"""u8.ToArray(), [1, 2, 3]),
        _ => throw new InvalidOperationException("/etc/secret: an operation that the double forgot"),
    };

    private static bool IsOpen(JsonElement[] parameters) =>
        parameters.Length > 0 && parameters[0] is { } first && (first.ValueKind == JsonValueKind.String ? first.GetString() == FileKey
            : first.ValueKind == JsonValueKind.Object && first.TryGetProperty("key", out JsonElement key) && key.GetString() == FileKey);

    private RpcReply Text(string json) => Binary(Encoding.UTF8.GetBytes(json), null);

    private RpcReply Binary(ReadOnlyMemory<byte> json, byte[]? binary)
    {
        var owner = new TrackedOwner();
        _owners.Add(owner);
        return new RpcReply
        {
            Status = RpcStatus.Resolved, Json = json, Binaries = binary is null ? [] : [binary], Freshness = Freshness, Owner = owner,
        };
    }

    private static RpcReply Error(string name, string message, int number) => new() { Status = RpcStatus.Rejected, Error = new RpcError(name, message, number) };

    private sealed class TrackedOwner : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
