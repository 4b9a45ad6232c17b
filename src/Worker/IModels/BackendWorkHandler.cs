using System.Text.Json;
using ITwinOrleans.Backend;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.IModels;

/// <summary>Runs <see cref="IModelWork"/> on the backend beside its engine, so that one RPC operation is one round trip.</summary>
/// <param name="backend">The backend; disposed with the handler.</param>
/// <param name="engine">The backend's engine; disposed with the handler, after the last iModel is closed.</param>
public sealed class BackendWorkHandler(ITwinBackend backend, NativeEngine engine) : IWorkHandler
{
    private readonly LiveWork _live = new(backend.IModels);
    private int _running;
    private bool _leftMemory;

    /// <inheritdoc/>
    public async ValueTask<WorkResponse> RunAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            return request.Operation switch
            {
                IModelWork.Invoke => await InvokeAsync(request, cancellationToken).ConfigureAwait(false),
                IModelWork.Open => await OpenAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.OpenWork), cancellationToken).ConfigureAwait(false),
                IModelWork.Close => await CloseAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.HandleWork)).ConfigureAwait(false),
                IModelWork.Describe => await DescribeAsync(WorkJson.Read(request.Json, IModelWorkJson.Default.DescribeWork), cancellationToken).ConfigureAwait(false),
                _ => await _live.RunAsync(request, cancellationToken).ConfigureAwait(false)
                    ?? throw new WorkFailedException(IModelWork.BadWorkError, $"This worker does not know the work \"{request.Operation}\"."),
            };
        }
        finally
        {
            Volatile.Write(ref _leftMemory, true);
            Interlocked.Decrement(ref _running);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A beat that comes while nothing runs gives back the memory that the work before it left free: half of the process's after tiles were made.</remarks>
    public async ValueTask HeartbeatAsync(CancellationToken cancellationToken)
    {
        bool trims = Volatile.Read(ref _running) == 0 && Interlocked.Exchange(ref _leftMemory, false);
        await (trims ? engine.TrimMemoryAsync(cancellationToken) : engine.RunAsync(static _ => { }, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await backend.DisposeAsync().ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<WorkResponse> InvokeAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        if (request.Binaries.Count == 0)
            throw new WorkFailedException(IModelWork.BadWorkError, "An operation came without its header.");
        var header = WorkJson.Read(request.Binaries[0], IModelWorkJson.Default.InvokeHeader);
        var call = new RpcCall
        {
            Interface = header.Interface,
            Version = header.Version,
            Operation = header.Operation,
            Parameters = request.Json,
            Binaries = request.Binaries.Count == 1 ? [] : [.. request.Binaries.Skip(1)],
            Activity = header.Activity,
        };
        try
        {
            return ReplyCodec.ToResponse(await backend.Dispatcher.InvokeAsync(call, header.Handle, cancellationToken).ConfigureAwait(false));
        }
        catch (IModelNotOpenException exception)
        {
            throw new WorkFailedException(IModelWork.NotOpenError, "The iModel is not open in this worker.", inner: exception);
        }
    }

    private async Task<WorkResponse> OpenAsync(OpenWork work, CancellationToken cancellationToken)
    {
        try
        {
            var live = work.Write is { } write ? new LiveOpening(write.Epoch, write.Owner, write.KeepLog) : null;
            var iModel = await backend.IModels.OpenAsync(work.Handle, work.Key, work.Path, live).ConfigureAwait(false);
            if (!cancellationToken.IsCancellationRequested)
                return new WorkResponse { Json = iModel.Live is { } opened ? WithState(iModel.Connection.Json.Span, opened.State) : iModel.Connection.Json };
        }
        catch (LiveRefusedException exception)
        {
            throw new WorkFailedException(exception.Refusal.Name, exception.Message, inner: exception);
        }
        catch (NativeException exception)
        {
            throw Refused(exception);
        }

        // Whoever gave up on the opening does not know that it is open, and would never close it.
        await backend.IModels.CloseAsync(work.Handle).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }

    private async Task<WorkResponse> CloseAsync(HandleWork work)
    {
        await backend.IModels.CloseAsync(work.Handle).ConfigureAwait(false);
        return new WorkResponse();
    }

    private async Task<WorkResponse> DescribeAsync(DescribeWork work, CancellationToken cancellationToken)
    {
        try
        {
            var props = await backend.IModels.DescribeAsync(work.Key, work.Path, cancellationToken).ConfigureAwait(false);
            return new WorkResponse { Json = props.Json };
        }
        catch (NativeException exception)
        {
            throw Refused(exception);
        }
    }

    private static byte[] WithState(ReadOnlySpan<byte> props, LiveState state) =>
        [.. props[..^1], .. ",\"live\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(state, LiveJson.Default.LiveState), .. "}"u8];

    private static WorkFailedException Refused(NativeException exception) => new(
        exception.Name, exception.Message, ReplyCodec.ToJson(new RpcError(exception.Name, exception.Message, exception.ErrorNumber)), exception);
}
