using System.Text.Json;

namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>An iModel that a server has open.</summary>
/// <param name="Key">Its file key.</param>
/// <param name="ITwinId">Of its iTwin.</param>
/// <param name="IModelId">Its id; copies of a file have the same.</param>
internal sealed record OpenIModel(string Key, string ITwinId, string IModelId)
{
    /// <summary>Nothing is open yet.</summary>
    public static OpenIModel None { get; } = new("", "", "undefined");

    /// <summary>The first argument of every operation.</summary>
    public string Token => $$$"""{"key":"{{{Key}}}","iTwinId":"{{{ITwinId}}}","iModelId":"{{{IModelId}}}","changeset":{"id":"","index":0}}""";

    /// <summary>Opens a file as a snapshot.</summary>
    public static OpenIModel Open(int port, string key)
    {
        byte[] request = new RpcRequests(None, Brotli: false).Plain(
            "POST", "/bench/v1.0/mode/1/context//imodel/undefined/changeset/0/SnapshotIModelRpcInterface-2.0.0-openRemote", $"[\"{key}\"]");
        JsonElement opened = Ask(port, request);
        return new OpenIModel(key, opened.GetProperty("iTwinId").GetString()!, opened.GetProperty("iModelId").GetString()!);
    }

    /// <summary>Sends one request on a connection of its own and gives the JSON of the answer.</summary>
    public static JsonElement Ask(int port, byte[] request) => JsonDocument.Parse(Fetch(port, request)).RootElement;

    /// <summary>Sends one request on a connection of its own and gives the body.</summary>
    public static byte[] Fetch(int port, byte[] request)
    {
        using var connection = new Connection(port);
        using var body = new MemoryStream();
        int status = connection.Send(request, body);
        return status == 200
            ? body.ToArray()
            : throw new InvalidOperationException($"Status {status}: {System.Text.Encoding.UTF8.GetString(body.ToArray())}");
    }
}
