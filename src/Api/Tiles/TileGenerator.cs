using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Rpc;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Tiles;

/// <summary>Makes tiles that are not cached: one request of the owner, however many clients ask for the same tile.</summary>
internal sealed class TileGenerator(
    IRpcRouter router, ITileSource source, TileStore store, IOptions<TileOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, Task<TileResult>> _flights = new(StringComparer.Ordinal);

    /// <summary>Makes a tile, or joins who makes it. The work goes on when a caller leaves: the next one asks for the same.</summary>
    public Task<TileResult> GetAsync(string key, TileAddress address, RpcActivity activity, CancellationToken cancellationToken)
    {
        var flight = new TaskCompletionSource<TileResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<TileResult> task = _flights.GetOrAdd(key, flight.Task);
        if (ReferenceEquals(task, flight.Task))
            _ = FlyAsync(key, address, activity, flight);
        return task.WaitAsync(cancellationToken);
    }

    private async Task FlyAsync(string key, TileAddress address, RpcActivity activity, TaskCompletionSource<TileResult> flight)
    {
        try
        {
            flight.SetResult(await GenerateAsync(key, address, activity).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            flight.SetException(exception);

            // Whoever waits sees it; with nobody waiting any more it must not count as unobserved.
            _ = flight.Task.Exception;
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }

    private async Task<TileResult> GenerateAsync(string key, TileAddress address, RpcActivity activity)
    {
        using var timeout = new CancellationTokenSource(options.Value.GenerateTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, lifetime.ApplicationStopping);

        // Another flight may have put it there between this caller's look into the store and now.
        if (store.TryRead(key) is { } made)
            return new TileResult(StatusCodes.Status200OK, made, "") { IsFixed = true };
        var call = new RpcCall
        {
            Interface = "IModelTileRpcInterface", Version = "3.2.0", Operation = "retrieveTileContent", Parameters = Parameters(address), Activity = activity,
        };
        TileSourceIModel iModel = address.IModel;
        var target = new RpcTarget(iModel.ITwinId, iModel.IModelId, iModel.ChangesetId) { Access = FullAccess.Instance };
        using RpcReply reply = await router.InvokeAsync(call, target, linked.Token).ConfigureAwait(false);
        if (reply.Status != RpcStatus.Resolved)
            return new TileResult(StatusOf(reply), default, reply.Error?.Message ?? "");
        if (reply.Binaries.Count != 1 || reply.Binaries[0].IsEmpty)
            return new TileResult(StatusCodes.Status404NotFound, default, "There is no such tile.");

        // The reply's memory is given back before the last client is served.
        byte[] content = reply.Binaries[0].ToArray();

        // A file that was replaced meanwhile may have made a tile of the new version, or of the old one.
        TileSourceIModel? now = await source.FindAsync(iModel.IModelId, linked.Token).ConfigureAwait(false);
        bool isFixed = now?.Version == iModel.Version;
        if (isFixed)
            store.Put(key, content);
        return new TileResult(StatusCodes.Status200OK, content, "") { IsFixed = isFixed };
    }

    /// <summary>Anything but 2xx sends the frontend to generateTileContent, whose answers it can show.</summary>
    private static int StatusOf(RpcReply reply) => reply.Status switch
    {
        RpcStatus.Pending => StatusCodes.Status503ServiceUnavailable,
        RpcStatus.Rejected when StatusCategory.CodeOf(reply.Error?.ErrorNumber ?? 0) is not (StatusCodes.Status404NotFound or StatusCodes.Status400BadRequest) =>
            StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status404NotFound,
    };

    private static ReadOnlyMemory<byte> Parameters(TileAddress address)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("key"u8, address.IModel.Key);
        writer.WriteString("iTwinId"u8, address.IModel.ITwinId);
        writer.WriteString("iModelId"u8, address.IModel.IModelId);
        writer.WriteStartObject("changeset"u8);
        writer.WriteString("id"u8, address.IModel.ChangesetId);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject();
        writer.WriteString("treeId"u8, address.TreeId);
        writer.WriteString("contentId"u8, address.ContentId);
        writer.WriteString("guid"u8, address.Guid);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
