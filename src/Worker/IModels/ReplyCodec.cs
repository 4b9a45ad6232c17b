using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.IModels;

/// <summary>Turns an <see cref="RpcReply"/> into a <see cref="WorkResponse"/> and back. Payloads are handed on, never copied.</summary>
public static class ReplyCodec
{
    private static readonly ReadOnlyMemory<byte>[] StatusBytes = [.. Enumerable.Range(0, 256).Select(i => (ReadOnlyMemory<byte>)new[] { (byte)i })];

    /// <summary>The worker's side. The response owns the reply from here on.</summary>
    public static WorkResponse ToResponse(RpcReply reply)
    {
        var status = StatusBytes[(byte)reply.Status];
        return new WorkResponse
        {
            Json = reply.Error is { } error ? ToJson(error) : reply.Json,
            Binaries = reply.Binaries.Count == 0 ? [status] : [status, .. reply.Binaries],
            Owner = reply,
        };
    }

    /// <summary>The owner's side. The reply owns the response from here on, also where this throws.</summary>
    /// <param name="response">The worker's answer.</param>
    /// <param name="freshness">What the owner knows about the iModel: whether caches may keep results of it.</param>
    /// <exception cref="WorkerProtocolException">The response is not one of <see cref="IModelWork.Invoke"/>.</exception>
    public static RpcReply ToReply(WorkResponse response, RpcFreshness freshness)
    {
        if (response.Binaries is not [{ Length: 1 }, ..] || !Enum.IsDefined((RpcStatus)response.Binaries[0].Span[0]))
        {
            response.Dispose();
            throw new WorkerProtocolException("The worker answered an operation without its status.");
        }

        var status = (RpcStatus)response.Binaries[0].Span[0];
        if (status is RpcStatus.Rejected or RpcStatus.NotFound && !response.Json.IsEmpty)
        {
            using (response)
                return new RpcReply { Status = status, Error = FromJson(response.Json) };
        }

        return new RpcReply
        {
            Status = status,
            Json = response.Json,
            Binaries = response.Binaries.Count == 1 ? [] : [.. response.Binaries.Skip(1)],
            Freshness = status == RpcStatus.Resolved ? freshness : RpcFreshness.Live,
            Owner = response,
        };
    }

    /// <summary>An error as UTF-8 JSON, for a response or for a <see cref="WorkFailedException.Details"/>.</summary>
    public static ReadOnlyMemory<byte> ToJson(RpcError error)
    {
        JsonElement? properties = error.Properties.IsEmpty ? null : JsonElement.Parse(error.Properties.Span);
        var value = new ReplyError(error.Name, error.Message, error.ErrorNumber, properties);
        return JsonSerializer.SerializeToUtf8Bytes(value, IModelWorkJson.Default.ReplyError);
    }

    /// <summary>The error in UTF-8 JSON made by <see cref="ToJson"/>.</summary>
    /// <exception cref="WorkerProtocolException">It is not one.</exception>
    public static RpcError FromJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            var error = JsonSerializer.Deserialize(json.Span, IModelWorkJson.Default.ReplyError)
                ?? throw new WorkerProtocolException("The worker answered an error without its text.");
            return new RpcError(error.Name, error.Message, error.ErrorNumber)
            {
                Properties = error.Properties is { } properties ? JsonSerializer.SerializeToUtf8Bytes(properties, IModelWorkJson.Default.JsonElement) : default,
            };
        }
        catch (JsonException exception)
        {
            throw new WorkerProtocolException("The worker answered an error that cannot be read.", exception);
        }
    }
}
