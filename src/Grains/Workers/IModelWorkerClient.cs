using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Workers;

/// <summary>The silo's side of <see cref="IModelWork"/>: what one worker is asked to do with iModels.</summary>
/// <param name="worker">The worker.</param>
public sealed class IModelWorkerClient(IWorker worker)
{
    /// <summary>The worker's generation: what was opened in an earlier one is gone.</summary>
    public int Generation => worker.Generation;

    /// <summary>The worker's name.</summary>
    public string Name => worker.Name;

    /// <summary>Opens a file under a handle.</summary>
    /// <returns>The iModel's connection props, UTF-8 JSON.</returns>
    /// <exception cref="NotAnIModelException">The native library refuses the file.</exception>
    /// <exception cref="WorkerException">The worker was lost or has no room.</exception>
    public Task<byte[]> OpenAsync(OpenWork work, CancellationToken cancellationToken) =>
        ReadPropsAsync(IModelWork.Open, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.OpenWork), work.Key, work.Path, cancellationToken);

    /// <summary>Opens a file for a moment.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public Task<byte[]> DescribeAsync(DescribeWork work, CancellationToken cancellationToken) =>
        ReadPropsAsync(IModelWork.Describe, JsonSerializer.SerializeToUtf8Bytes(work, IModelWorkJson.Default.DescribeWork), work.Key, work.Path, cancellationToken);

    /// <summary>Runs one RPC operation.</summary>
    /// <param name="handle">The open iModel, or empty for an operation that needs none.</param>
    /// <param name="freshness">Whether caches may keep results of this iModel.</param>
    /// <param name="call">The call; its bytes are sent as they are and must not change until the task completes.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <returns>The reply, which owns the worker's answer: dispose it once it is written.</returns>
    /// <exception cref="WorkFailedException">The handle is not open in this worker (<see cref="IModelWork.NotOpenError"/>), or the operation broke.</exception>
    /// <exception cref="WorkerException">The worker was lost or has no room.</exception>
    public async Task<RpcReply> InvokeAsync(string handle, RpcFreshness freshness, RpcCall call, CancellationToken cancellationToken)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new InvokeHeader(handle, call.Interface, call.Version, call.Operation, call.Activity), IModelWorkJson.Default.InvokeHeader);
        var request = new WorkRequest
        {
            Operation = IModelWork.Invoke,
            Json = call.Parameters,
            Binaries = call.Binaries.Count == 0 ? [header] : [header, .. call.Binaries],
            CorrelationId = call.Activity.Id,
        };
        return ReplyCodec.ToReply(await worker.CallAsync(request, cancellationToken).ConfigureAwait(false), freshness);
    }

    /// <summary>Closes a handle.</summary>
    /// <exception cref="WorkerException">The worker was lost (and with it the handle), or has no room.</exception>
    public async Task CloseAsync(string handle, CancellationToken cancellationToken)
    {
        var request = new WorkRequest
        {
            Operation = IModelWork.Close,
            Json = JsonSerializer.SerializeToUtf8Bytes(new HandleWork(handle), IModelWorkJson.Default.HandleWork),
        };
        using var response = await worker.CallAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadPropsAsync(string operation, byte[] json, string key, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await worker.CallAsync(new WorkRequest { Operation = operation, Json = json }, cancellationToken).ConfigureAwait(false);
            return response.Json.ToArray();
        }
        catch (WorkFailedException exception)
        {
            // Native messages like to name the file; clients know it by its key only. What nobody foresaw is for the log alone.
            var reason = exception.Name == WorkFailedException.InternalError
                ? "it could not be read"
                : exception.Message.Replace(path, key, StringComparison.Ordinal);
            throw new NotAnIModelException(reason, exception.Details.IsEmpty ? 0 : ReplyCodec.FromJson(exception.Details).ErrorNumber, exception);
        }
    }
}
